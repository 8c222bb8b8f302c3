package io.campanile.grpc.audience;

import static io.campanile.grpc.call.ErrorDetails.inTheWay;
import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;
import static io.campanile.grpc.testing.ProfileCalls.upsert;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.BadRequest;

import io.campanile.domain.access.Role;
import io.campanile.domain.channel.Category;
import io.campanile.grpc.call.ErrorDetails;
import io.campanile.grpc.call.Refused;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.testkit.campaign.CampaignBuilder;
import io.campanile.v1.AddAudienceMembersRequest;
import io.campanile.v1.Audience;
import io.campanile.v1.AudienceMember;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.CreateAudienceRequest;
import io.campanile.v1.DeleteAudienceRequest;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.EstimateAudienceRequest;
import io.campanile.v1.EstimateAudienceResponse;
import io.campanile.v1.EstimateAudienceResponse.Exclusion;
import io.campanile.v1.ListAudienceMembersRequest;
import io.campanile.v1.Message.Reason;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RemoveAudienceMembersRequest;
import io.campanile.v1.UpdateAudienceRequest;
import io.grpc.Status.Code;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.util.List;

class AudienceRuleTest {
    private static final String GOLD = OWN + "/audiences/gold";
    private static final String RULE = "profile.attributes.plan == \"gold\"";

    @AutoClose private final GrpcWorld world = new GrpcWorld();

    private AudienceServiceGrpc.AudienceServiceBlockingStub as(Role role) {
        return world.stub(AudienceServiceGrpc::newBlockingStub, role);
    }

    @Test
    void findsItsMembersWhenItIsAsked() {
        Audience gold = created("gold", RULE);
        assertThat(gold.getRule()).isEqualTo(RULE);
        assertThat(members()).isEmpty();

        Profile ada = person("ada@example.com", "gold");
        person("eve@example.com", "silver");
        assertThat(members()).containsExactly(ada.getName());

        Audience changed = updated("profile.attributes.plan == \"silver\"", false);
        assertThat(changed.getRule()).isEqualTo("profile.attributes.plan == \"silver\"");
        assertThat(members()).doesNotContain(ada.getName()).hasSize(1);
        assertThat(changed.getMemberCount()).isZero();
    }

    @Test
    void saysWhereARuleIsWrong() {
        BadRequest.FieldViolation violation =
                violations(() -> created("gold", "true &&\n  profile.locale == 5")).getFirst();

        assertThat(violation.getField()).isEqualTo("audience.rule");
        assertThat(violation.getReason()).isEqualTo("RULE_INVALID");
        assertThat(violation.getDescription()).startsWith("line 2, column 18: ");
    }

    @Test
    void quotesNothingOfARuleThatItCannotRead() {
        assertThat(violations(() -> created("gold", "profile.locale == ada@example.com")))
                .extracting(BadRequest.FieldViolation::getDescription)
                .noneMatch(text -> text.contains("ada") || text.contains("example"));
    }

    @Test
    void asksForMembersOfListsOnly() {
        created("byrule", "true");
        created("readers", "");

        assertThat(violations(() -> created("gold", "member('missing')"))).hasSize(1);
        assertThat(violations(() -> created("gold", "member('byrule') || member('gold')")))
                .hasSize(2);
        assertThat(created("gold", "member('readers')").getRule()).isNotEmpty();
    }

    @Test
    void validatesWithoutAChange() {
        created("gold", "");

        assertThat(updated(RULE, true).getRule()).isEqualTo(RULE);
        assertThat(updated("", true).getRule()).isEmpty();
        assertThat(violations(() -> updated("profile.age", true))).hasSize(1);
    }

    @Test
    void listsNobodyBesideARule() {
        created("gold", RULE);
        AudienceMember ada = member(person("ada@example.com", "gold"));

        assertThat(
                        refused(() ->
                                as(Role.TRIGGER)
                                        .addAudienceMembers(
                                                AddAudienceMembersRequest.newBuilder()
                                                        .setName(GOLD)
                                                        .addMembers(ada)
                                                        .build())))
                .contains("The rule of audience gold says who is in it.");
        assertThat(
                        refused(() ->
                                as(Role.TRIGGER)
                                        .removeAudienceMembers(
                                                RemoveAudienceMembersRequest.newBuilder()
                                                        .setName(GOLD)
                                                        .addMembers(ada)
                                                        .build())))
                .contains("The rule of audience gold says who is in it.");
    }

    @Test
    void keepsWhoIsListedFromBeingReplacedByARule() {
        created("gold", "");
        var _ =
                as(Role.TRIGGER)
                        .addAudienceMembers(
                                AddAudienceMembersRequest.newBuilder()
                                        .setName(GOLD)
                                        .addMembers(member(person("ada@example.com", "gold")))
                                        .build());

        assertThat(refused(() -> updated(RULE, false))).contains("1 listed members");
        assertThat(members()).hasSize(1);
    }

    @Test
    void countsAndSaysWhomACampaignWouldReach() {
        created("gold", RULE);
        person("ada@example.com", "gold");
        person("eve@example.com", "gold");
        person("joe@example.com", "silver");
        live(aCampaign().category(Category.MARKETING).named("news"));

        assertThat(estimated(""))
                .isEqualTo(EstimateAudienceResponse.newBuilder().setMemberCount(2).build());
        assertThat(estimated(OWN + "/campaigns/news"))
                .isEqualTo(
                        EstimateAudienceResponse.newBuilder()
                                .setMemberCount(2)
                                .setSampleSize(2)
                                .addExclusions(
                                        Exclusion.newBuilder()
                                                .setReason(Reason.REASON_CONSENT_DENIED)
                                                .setCount(2))
                                .build());
    }

    @Test
    void neverAsksForAnotherCallThatWouldTakeAsLong() {
        created("gold", RULE);
        world.fakes.audiences.beTooSlow();
        Refused tooSlow =
                Refused.forGood(
                        Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_AUDIENCE_TOO_SLOW);

        var estimate = ErrorDetails.refusal(() -> estimated(""));
        assertThat(Refused.of(estimate)).isEqualTo(tooSlow);
        assertThat(ErrorDetails.info(estimate).getMetadataMap()).containsEntry("audience", GOLD);
        assertThat(Refused.of(ErrorDetails.refusal(this::members))).isEqualTo(tooSlow);
    }

    private EstimateAudienceResponse estimated(String campaign) {
        return as(Role.VIEWER)
                .estimateAudience(
                        EstimateAudienceRequest.newBuilder()
                                .setName(GOLD)
                                .setCampaign(campaign)
                                .build());
    }

    private void live(CampaignBuilder builder) {
        var campaign = builder.live();
        world.fakes.campaigns.insert(builder.draft());
        world.fakes.campaigns.addRevision(campaign.id(), campaign.live());
        world.fakes.campaigns.update(campaign);
    }

    @Test
    void deletesNoAudienceThatARuleOrACampaignNeeds() {
        created("staff", "");
        created("gold", "!member('staff')");
        world.fakes.campaigns.insert(aCampaign().named("news").to("staff").draft());

        var error =
                refusal(() ->
                        as(Role.AUTHOR)
                                .deleteAudience(
                                        DeleteAudienceRequest.newBuilder()
                                                .setName(OWN + "/audiences/staff")
                                                .build()));

        assertThat(reason(error)).isEqualTo("AUDIENCE_IN_USE");
        assertThat(inTheWay(error))
                .containsExactly(
                        tuple("CAMPAIGN", OWN + "/campaigns/news", "Its draft names it."),
                        tuple(
                                "AUDIENCE",
                                OWN + "/audiences/gold",
                                "Its rule asks who is listed in it."));
    }

    private Audience created(String id, String rule) {
        return as(Role.AUTHOR)
                .createAudience(
                        CreateAudienceRequest.newBuilder()
                                .setParent(OWN)
                                .setAudienceId(id)
                                .setAudience(Audience.newBuilder().setRule(rule))
                                .build());
    }

    private Audience updated(String rule, boolean validateOnly) {
        return as(Role.AUTHOR)
                .updateAudience(
                        UpdateAudienceRequest.newBuilder()
                                .setAudience(Audience.newBuilder().setName(GOLD).setRule(rule))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("rule"))
                                .setValidateOnly(validateOnly)
                                .build());
    }

    private List<String> members() {
        return as(Role.VIEWER)
                .listAudienceMembers(
                        ListAudienceMembersRequest.newBuilder().setParent(GOLD).build())
                .getMembersList()
                .stream()
                .map(AudienceMember::getProfile)
                .toList();
    }

    private static AudienceMember member(Profile profile) {
        return AudienceMember.newBuilder().setProfile(profile.getName()).build();
    }

    private Profile person(String address, String plan) {
        return world.stub(ProfileServiceGrpc::newBlockingStub, Role.TRIGGER)
                .upsertProfile(
                        upsert(
                                Profile.newBuilder()
                                        .addIdentities(identity("email", address))
                                        .setAttributes(
                                                Struct.newBuilder()
                                                        .putFields(
                                                                "plan",
                                                                Value.newBuilder()
                                                                        .setStringValue(plan)
                                                                        .build()))));
    }

    private static String refused(ThrowingCallable call) {
        var error = refusal(call);
        assertThat(error.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
        return String.valueOf(error.getStatus().getDescription());
    }

    private static List<BadRequest.FieldViolation> violations(ThrowingCallable call) {
        var error = refusal(call);
        assertThat(error.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        return ErrorDetails.violations(error);
    }
}
