package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;

import io.campanile.v1.AttributeDefinition;
import io.campanile.v1.AttributeSchema;
import io.campanile.v1.Audience;
import io.campanile.v1.Category;
import io.campanile.v1.CreateAudienceRequest;
import io.campanile.v1.Recipient;
import io.campanile.v1.RecipientResult;
import io.campanile.v1.TriggerCampaignRequest;
import io.campanile.v1.Workspace;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// A schema of attributes that is set on one node holds on the other one.
class AttributeSchemaIT extends TwoNodeScene {
    private static final Duration PROMPT = Duration.ofSeconds(20);

    private final AtomicInteger requests = new AtomicInteger();

    @BeforeAll
    void makesACampaign() {
        Scenery.liveCampaign(
                one, "codes", Category.CATEGORY_TRANSACTIONAL, cluster.receiver().port());
    }

    @Test
    void rejectsOnEveryNodeWhatTriggersLayOverAttributes() throws IOException {
        setSchema(AttributeSchema.getDefaultInstance());
        Until.holds("anything goes", PROMPT, () -> second(two).hasAccepted());

        setSchema(planIsAText());

        Until.holds(
                "node two rejects the one who is wrong",
                PROMPT,
                () -> second(two).hasRejected() && second(one).hasRejected());
        assertThat(second(two).getRejected().getFieldViolationsList())
                .extracting(violation -> violation.getField() + " " + violation.getReason())
                .containsExactly("recipients[1].profile.plan ATTRIBUTE_TYPE");
        cluster.audit();
    }

    @Test
    void refusesRulesThatDisagree() {
        setSchema(planIsAText());

        var error =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> rule("true &&\n  profile.attributes.plan > 7"));

        assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(error.getStatus().getDescription())
                .isEqualTo(
                        "audience.rule: line 2, column 21: By the workspace's schema"
                                + " profile.attributes.plan is a STRING: compare it with texts.");
        assertThat(rule("profile.attributes.plan > 'gold'").getRule()).isNotEmpty();
    }

    private static AttributeSchema planIsAText() {
        return AttributeSchema.newBuilder()
                .addAttributes(
                        AttributeDefinition.newBuilder()
                                .setPath("plan")
                                .setType(AttributeDefinition.Type.TYPE_STRING))
                .build();
    }

    private void setSchema(AttributeSchema schema) {
        Scenery.setInWorkspace(
                one, "attribute_schema", Workspace.newBuilder().setAttributeSchema(schema));
    }

    /// What becomes of the second of two, whose plan is a number. The first one keeps the node from
    /// a look at the database.
    private RecipientResult second(Node node) {
        String id = "r" + requests.incrementAndGet();
        Recipient fine = Scenery.recipient(id + "-fine@example.com");
        Recipient wrong =
                Scenery.recipient(id + "-wrong@example.com").toBuilder()
                        .setProfile(
                                Struct.newBuilder()
                                        .putFields(
                                                "plan",
                                                Value.newBuilder().setNumberValue(7).build()))
                        .build();
        return node.triggers()
                .triggerCampaign(
                        TriggerCampaignRequest.newBuilder()
                                .setCampaign(Scenery.nameOf("codes"))
                                .setRequestId(id)
                                .addRecipients(fine)
                                .addRecipients(wrong)
                                .build())
                .getResults(1);
    }

    private Audience rule(String rule) {
        return two.audiences()
                .createAudience(
                        CreateAudienceRequest.newBuilder()
                                .setParent(Scenery.WORKSPACE)
                                .setAudienceId("gold")
                                .setAudience(Audience.newBuilder().setRule(rule))
                                .setValidateOnly(true)
                                .build());
    }
}
