package io.campanile.grpc.profile;

import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;
import static io.campanile.grpc.testing.ProfileCalls.upsert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.BadRequest;

import io.campanile.domain.access.Role;
import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.TestCampaigns;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.AttributeDefinition;
import io.campanile.v1.AttributeSchema;
import io.campanile.v1.Audience;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.CreateAudienceRequest;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.Recipient;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.TriggerCampaignResponse;
import io.campanile.v1.TriggerServiceGrpc;
import io.campanile.v1.UpdateAudienceRequest;
import io.campanile.v1.UpdateWorkspaceRequest;
import io.campanile.v1.Workspace;
import io.grpc.Status.Code;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

class AttributeSchemaTest {
    private static final AttributeSchema SCHEMA =
            AttributeSchema.newBuilder()
                    .addAttributes(defined("plan", AttributeDefinition.Type.TYPE_STRING))
                    .addAttributes(defined("address.city", AttributeDefinition.Type.TYPE_STRING))
                    .setUnknownRefused(true)
                    .build();

    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final ProfileServiceGrpc.ProfileServiceBlockingStub profiles =
            world.stub(ProfileServiceGrpc::newBlockingStub, Role.OPERATOR);

    private final AudienceServiceGrpc.AudienceServiceBlockingStub audiences =
            world.stub(AudienceServiceGrpc::newBlockingStub, Role.AUTHOR);

    private final TriggerServiceGrpc.TriggerServiceBlockingStub triggers =
            world.stub(TriggerServiceGrpc::newBlockingStub, Role.TRIGGER);

    private static AttributeDefinition defined(String path, AttributeDefinition.Type type) {
        return AttributeDefinition.newBuilder().setPath(path).setType(type).build();
    }

    @BeforeEach
    void haveASchema() {
        assertThat(schemaBecame(SCHEMA, "attribute_schema")).isEqualTo(SCHEMA);
    }

    private AttributeSchema schemaBecame(AttributeSchema schema, String... paths) {
        return world.stub(AccessServiceGrpc::newBlockingStub, Role.OWNER)
                .updateWorkspace(
                        UpdateWorkspaceRequest.newBuilder()
                                .setWorkspace(
                                        Workspace.newBuilder()
                                                .setName(OWN)
                                                .setAttributeSchema(schema))
                                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                                .build())
                .getAttributeSchema();
    }

    @Test
    void letsAttributesInThatAreAsItSays() {
        Struct attributes = struct("plan", text("gold"));

        assertThat(upserted(attributes).getAttributes()).isEqualTo(attributes);
    }

    @Test
    void namesEveryAttributeThatIsNotAndBothTypes() {
        Struct attributes =
                struct("plan", seven()).toBuilder()
                        .putFields("address", nested(struct("zip", text("8010"))))
                        .build();

        assertThat(violations(() -> upserted(attributes)))
                .containsExactlyInAnyOrder(
                        "profile.attributes.plan ATTRIBUTE_TYPE must be a STRING by the"
                                + " workspace's schema, not a NUMBER",
                        "profile.attributes.address.zip ATTRIBUTE_UNKNOWN is no attribute of the"
                                + " workspace's schema");
    }

    @Test
    void refusesABatchForOneOfItsRows() {
        var request =
                BatchUpsertProfilesRequest.newBuilder()
                        .setParent(OWN)
                        .addProfiles(person("1", struct("plan", text("gold"))))
                        .addProfiles(person("2", struct("address", text("Graz"))))
                        .build();

        assertThat(violations(() -> profiles.batchUpsertProfiles(request)))
                .containsExactly(
                        "profiles[1].attributes.address ATTRIBUTE_TYPE must be a MAP by the"
                                + " workspace's schema, not a STRING");
    }

    @Test
    void letsPeopleForgetWhatItDoesNotKnow() {
        Value nothing = Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();

        assertThat(upserted(struct("old", nothing)).getAttributes().getFieldsMap()).isEmpty();
    }

    @Test
    void rejectsRecipientsWhoseCallLaysOverWhatDisagrees() {
        TriggerCampaignResponse answer =
                triggers.triggerCampaign(
                        triggered(
                                recipient("ada", struct("plan", text("gold"))),
                                recipient("eve", struct("address", nested(struct("zip", seven())))),
                                recipient("joe", struct("plan", seven()))));

        assertThat(answer.getResults(0).hasAccepted()).isTrue();
        assertThat(answer.getResults(1).getRejected().getFieldViolationsList())
                .extracting(AttributeSchemaTest::told)
                .containsExactly(
                        "recipients[1].profile.address.zip ATTRIBUTE_UNKNOWN is no attribute of the"
                                + " workspace's schema");
        assertThat(answer.getResults(2).getRejected().getFieldViolationsList())
                .extracting(AttributeSchemaTest::told)
                .containsExactly(
                        "recipients[2].profile.plan ATTRIBUTE_TYPE must be a STRING by the"
                                + " workspace's schema, not a NUMBER");
    }

    @Test
    void refusesATriggerWhoseOnlyRecipientDisagrees() {
        TriggerCampaignRequest request = triggered(recipient("joe", struct("plan", seven())));

        assertThat(violations(() -> triggers.triggerCampaign(request)))
                .containsExactly(
                        "recipients[0].profile.plan ATTRIBUTE_TYPE must be a STRING by the"
                                + " workspace's schema, not a NUMBER");
    }

    private static TriggerCampaignRequest triggered(Recipient... recipients) {
        return TriggerCampaignRequest.newBuilder()
                .setCampaign(TestCampaigns.RECEIPT)
                .setRequestId("r")
                .addAllRecipients(List.of(recipients))
                .build();
    }

    private static Recipient recipient(String person, Struct profile) {
        return Recipient.newBuilder()
                .setIdentity(identity("email", person + "@example.com"))
                .setProfile(profile)
                .setContext(struct("order", nested(struct("id", text("A-1")))))
                .build();
    }

    @Test
    void saysWhereTheRuleOfAnAudienceDisagrees() {
        String rule =
                "profile.attributes.plan == 7 ||\n  has(profile.attributes.address.zip) &&\n"
                        + "  profile.attributes.address.city.startsWith('W')";

        assertThat(violations(() -> ruled(rule, false)))
                .containsExactly(
                        "audience.rule RULE_INVALID line 1, column 19: By the workspace's schema"
                                + " profile.attributes.plan is a STRING: compare it with texts.",
                        "audience.rule RULE_INVALID line 2, column 6:"
                                + " profile.attributes.address.zip is no attribute of the"
                                + " workspace's schema.");
        assertThat(violations(() -> ruled(rule, true))).hasSize(2);
    }

    @Test
    void namesNoMorePlacesThanAnErrorHasRoomFor() {
        String rule = "profile.attributes.plan == 7\n&& ".repeat(100) + "true";

        List<String> told = violations(() -> ruled(rule, false));

        assertThat(told).hasSizeBetween(15, 50);
        assertThat(told.get(14)).contains("line 15, column 22: ");
        assertThat(told.getLast()).isEqualTo(" OMITTED " + (101 - told.size()) + " more");
    }

    @Test
    void checksRulesThatAreChanged() {
        Audience gold = ruled("profile.attributes.plan == 'gold'", false);
        Audience changed = gold.toBuilder().setRule("profile.attributes.plan > 7").build();

        for (boolean validateOnly : List.of(true, false)) {
            assertThat(
                            violations(() ->
                                    audiences.updateAudience(
                                            UpdateAudienceRequest.newBuilder()
                                                    .setAudience(changed)
                                                    .setUpdateMask(
                                                            FieldMask.newBuilder().addPaths("rule"))
                                                    .setValidateOnly(validateOnly)
                                                    .build())))
                    .containsExactly(
                            "audience.rule RULE_INVALID line 1, column 19: By the workspace's"
                                    + " schema profile.attributes.plan is a STRING: compare it with"
                                    + " texts.");
        }
    }

    private Audience ruled(String rule, boolean validateOnly) {
        return audiences.createAudience(
                CreateAudienceRequest.newBuilder()
                        .setParent(OWN)
                        .setAudienceId("gold")
                        .setAudience(Audience.newBuilder().setRule(rule))
                        .setValidateOnly(validateOnly)
                        .build());
    }

    @Test
    void canBeTakenBack() {
        var _ = schemaBecame(AttributeSchema.getDefaultInstance(), "attribute_schema");

        assertThat(upserted(struct("any", text("thing"))).getAttributes().getFieldsMap())
                .containsOnlyKeys("any");
    }

    @Test
    void isReplacedAsAWholeWithoutAMask() {
        var _ = schemaBecame(SCHEMA.toBuilder().setUnknownRefused(true).build());
        var other =
                AttributeSchema.newBuilder()
                        .addAttributes(defined("age", AttributeDefinition.Type.TYPE_NUMBER))
                        .build();

        assertThat(schemaBecame(other)).isEqualTo(other);
    }

    @Test
    void doesNotContradictItself() {
        var contradicting =
                SCHEMA.toBuilder()
                        .addAttributes(defined("address", AttributeDefinition.Type.TYPE_LIST))
                        .build();

        assertThat(violations(() -> schemaBecame(contradicting, "attribute_schema")))
                .singleElement()
                .asString()
                .startsWith("workspace.attribute_schema.attributes[2].path SYNTAX");
    }

    private static Struct struct(String name, Value value) {
        return Struct.newBuilder().putFields(name, value).build();
    }

    private static Value seven() {
        return Value.newBuilder().setNumberValue(7).build();
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Value nested(Struct struct) {
        return Value.newBuilder().setStructValue(struct).build();
    }

    private static Profile person(String key, Struct attributes) {
        return Profile.newBuilder()
                .addIdentities(identity("crmId", key))
                .setAttributes(attributes)
                .build();
    }

    private Profile upserted(Struct attributes) {
        return profiles.upsertProfile(upsert(person("42", attributes)));
    }

    private static List<String> violations(Runnable call) {
        var error = refusal(call::run);
        assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        return ErrorDetails.violations(error).stream().map(AttributeSchemaTest::told).toList();
    }

    private static String told(BadRequest.FieldViolation violation) {
        return String.join(
                " ", violation.getField(), violation.getReason(), violation.getDescription());
    }
}
