package io.campanile.grpc.message;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.ProfileCalls.identity;
import static io.campanile.grpc.testing.ProfileCalls.upsert;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;
import static io.campanile.testkit.ruleset.RuleSetBuilder.aRuleSet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;

import io.campanile.domain.access.Role;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.channel.Category;
import io.campanile.domain.ruleset.QuietHours.Behaviour;
import io.campanile.grpc.resource.Times;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.grpc.testing.TestCampaigns;
import io.campanile.grpc.testing.TriggerRequests;
import io.campanile.testkit.campaign.CampaignBuilder;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.ChannelAddress;
import io.campanile.v1.Consent;
import io.campanile.v1.ConsentRecord;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.CreateSuppressionRequest;
import io.campanile.v1.ExplainRecipientRequest;
import io.campanile.v1.ExplainRecipientResponse;
import io.campanile.v1.Identity;
import io.campanile.v1.Message.Reason;
import io.campanile.v1.MessageServiceGrpc;
import io.campanile.v1.Profile;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.Recipient;
import io.campanile.v1.RecordConsentRequest;
import io.campanile.v1.RuleVerdict;
import io.campanile.v1.RuleVerdict.Rule;
import io.campanile.v1.Suppression;
import io.campanile.v1.SuppressionServiceGrpc;
import io.campanile.v1.UpdateWorkspaceRequest;
import io.campanile.v1.Workspace;
import io.grpc.Status.Code;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Instant;

class ExplainRecipientTest {
    @AutoClose private final GrpcWorld world = new GrpcWorld();

    @Test
    void saysThatNothingSpeaksAgainstIt() {
        assertThat(explained("ada@example.com"))
                .isEqualTo(
                        ExplainRecipientResponse.newBuilder()
                                .addVerdicts(yes(Rule.RULE_PROFILE))
                                .addVerdicts(yes(Rule.RULE_ADDRESS))
                                .addVerdicts(yes(Rule.RULE_CONSENT))
                                .addVerdicts(yes(Rule.RULE_ADDRESS_SUPPRESSION))
                                .addVerdicts(yes(Rule.RULE_DOMAIN_SUPPRESSION))
                                .addVerdicts(yes(Rule.RULE_ALLOWED_LIST))
                                .addVerdicts(yes(Rule.RULE_QUIET_HOURS))
                                .addVerdicts(yes(Rule.RULE_FREQUENCY))
                                .build());
    }

    @Test
    void namesTheRecordBehindEveryNoAndWhatWouldHaveToChange() {
        ConsentRecord refusal = refused("Ada@example.com");
        Suppression domain = suppressed("example.com");

        ExplainRecipientResponse explained = explained("ada@example.com");

        assertThat(explained.getReason()).isEqualTo(Reason.REASON_CONSENT_DENIED);
        assertThat(explained.getVerdictsList())
                .containsExactly(
                        yes(Rule.RULE_PROFILE),
                        yes(Rule.RULE_ADDRESS),
                        RuleVerdict.newBuilder()
                                .setRule(Rule.RULE_CONSENT)
                                .setReason(Reason.REASON_CONSENT_DENIED)
                                .setRecord(refusal.getName())
                                .setSource("by phone")
                                .setSinceTime(refusal.getCreateTime())
                                .setRemedy(
                                        "The same level would have to be granted for the address,"
                                                + " with `address` in RecordConsent; where that"
                                                + " changes nothing, with `identity`.")
                                .build(),
                        yes(Rule.RULE_ADDRESS_SUPPRESSION),
                        RuleVerdict.newBuilder()
                                .setRule(Rule.RULE_DOMAIN_SUPPRESSION)
                                .setReason(Reason.REASON_DOMAIN_SUPPRESSED)
                                .setRecord(domain.getName())
                                .setSource("MANUAL")
                                .setSinceTime(domain.getCreateTime())
                                .setRemedy("The entry would have to be deleted or to expire.")
                                .build(),
                        yes(Rule.RULE_ALLOWED_LIST),
                        yes(Rule.RULE_QUIET_HOURS),
                        yes(Rule.RULE_FREQUENCY));
    }

    @Test
    void namesTheFieldThatHoldsNoAddressAndNotWhatItHolds() {
        update(Workspace.newBuilder().setName(OWN).setAddressField("work.email"));
        Identity crm = identity("crmId", "42");
        Profile ada = known(crm, "ask Ada");

        ExplainRecipientResponse explained =
                explained(Recipient.newBuilder().setIdentity(crm).build());

        assertThat(explained.getReason()).isEqualTo(Reason.REASON_ADDRESS_MALFORMED);
        assertThat(explained.getVerdicts(1))
                .isEqualTo(
                        RuleVerdict.newBuilder()
                                .setRule(Rule.RULE_ADDRESS)
                                .setReason(Reason.REASON_ADDRESS_MALFORMED)
                                .setRecord(ada.getName())
                                .setSource("address_field work.email")
                                .setRemedy(
                                        "The attribute would have to hold an email address, or"
                                                + " nothing.")
                                .build());
        known(crm, "ada@work.example");
        assertThat(explained(Recipient.newBuilder().setIdentity(crm).build()).getReason())
                .isEqualTo(Reason.REASON_UNSPECIFIED);
        assertThat(explained(laidOver(crm, "ask Eve")).getVerdicts(1).getSource())
                .isEqualTo("address_field work.email of the call");
        suppressed("new.example");
        assertThat(explained(laidOver(crm, "ada@new.example")).getReason())
                .isEqualTo(Reason.REASON_DOMAIN_SUPPRESSED);
    }

    @Test
    void asksForTheTimeOfTheSending() {
        update(Workspace.newBuilder().setName(OWN).setEmailsWhenUnset(true));
        assertThat(
                        world.fakes.ruleSets.insert(
                                aRuleSet().quiet("22:00", "23:30", Behaviour.QUEUE).build()))
                .isTrue();
        marketing("news");

        ExplainRecipientResponse inside = explained("news", "2026-03-01T23:00:00Z");
        ExplainRecipientResponse outside = explained("news", "2026-03-01T23:30:00Z");

        Timestamp end = Times.timestamp(Instant.parse("2026-03-01T23:30:00Z"));
        assertThat(inside.getReason()).isEqualTo(Reason.REASON_QUIET_HOURS);
        assertThat(inside.getDeferTime()).isEqualTo(end);
        assertThat(inside.getVerdictsList())
                .filteredOn(RuleVerdict::hasDeferTime)
                .singleElement()
                .returns(Rule.RULE_QUIET_HOURS, RuleVerdict::getRule)
                .returns(end, RuleVerdict::getDeferTime);
        assertThat(outside.getReason()).isEqualTo(Reason.REASON_UNSPECIFIED);
        assertThat(outside.hasDeferTime()).isFalse();
        assertThat(outside.getVerdictsList()).contains(yes(Rule.RULE_QUIET_HOURS));
    }

    private void marketing(String name) {
        CampaignBuilder builder = aCampaign().named(name).category(Category.MARKETING);
        Campaign.Live live = builder.live();
        assertThat(world.fakes.campaigns.insert(builder.draft())).isTrue();
        world.fakes.campaigns.addRevision(live.id(), live.live());
        world.fakes.campaigns.update(live);
    }

    private ExplainRecipientResponse explained(String campaign, String sendTime) {
        return messages()
                .explainRecipient(
                        ExplainRecipientRequest.newBuilder()
                                .setCampaign(OWN + "/campaigns/" + campaign)
                                .setRecipient(TriggerRequests.recipient("ada@example.com"))
                                .setSendTime(Times.timestamp(Instant.parse(sendTime)))
                                .build());
    }

    @Test
    void takesTheIdentityForAnAddressLastWhereItAsksAsABroadcastWould() {
        update(
                Workspace.newBuilder()
                        .setName(OWN)
                        .setAddressField("work.email")
                        .setEmailsWhenUnset(true));
        Identity ada = identity("email", "a@home.example");
        known(ada, "a@work.example");
        suppressed("home.example");
        marketing("news");
        var request =
                ExplainRecipientRequest.newBuilder()
                        .setCampaign(OWN + "/campaigns/news")
                        .setRecipient(Recipient.newBuilder().setIdentity(ada));

        assertThat(messages().explainRecipient(request.build()).getReason())
                .isEqualTo(Reason.REASON_DOMAIN_SUPPRESSED);
        assertThat(messages().explainRecipient(request.setBroadcast(true).build()).getReason())
                .isEqualTo(Reason.REASON_UNSPECIFIED);

        suppressed("work.example");
        assertThat(messages().explainRecipient(request.build()).getReason())
                .isEqualTo(Reason.REASON_DOMAIN_SUPPRESSED);
    }

    @Test
    void knowsNoBroadcastOfATransactionalCampaign() {
        var request =
                ExplainRecipientRequest.newBuilder()
                        .setCampaign(TestCampaigns.RECEIPT)
                        .setRecipient(TriggerRequests.recipient("ada@example.com"))
                        .setBroadcast(true)
                        .build();

        var refused = refusal(() -> messages().explainRecipient(request));

        assertThat(reason(refused)).isEqualTo("CAMPAIGN_TRANSACTIONAL");
    }

    @Test
    void refusesAProfileThatATriggerCouldNotCarry() {
        Value tooLarge = Value.newBuilder().setStringValue("x".repeat(300_000)).build();
        var recipient =
                TriggerRequests.recipient("ada@example.com")
                        .setProfile(Struct.newBuilder().putFields("a", tooLarge))
                        .build();

        var refused = refusal(() -> explained(recipient));

        assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(refused.getStatus().getDescription()).contains("recipient.profile");
    }

    private static Recipient laidOver(Identity crm, String work) {
        return Recipient.newBuilder().setIdentity(crm).setProfile(working(work)).build();
    }

    private static Struct.Builder working(String email) {
        Value value = Value.newBuilder().setStringValue(email).build();
        Struct work = Struct.newBuilder().putFields("email", value).build();
        return Struct.newBuilder()
                .putFields("work", Value.newBuilder().setStructValue(work).build());
    }

    private Profile known(Identity crm, String work) {
        return world.stub(ProfileServiceGrpc::newBlockingStub, Role.OPERATOR)
                .upsertProfile(
                        upsert(
                                Profile.newBuilder()
                                        .addIdentities(crm)
                                        .setAttributes(working(work))));
    }

    private static RuleVerdict yes(Rule rule) {
        return RuleVerdict.newBuilder().setRule(rule).build();
    }

    private ExplainRecipientResponse explained(String address) {
        return explained(TriggerRequests.recipient(address).build());
    }

    private ExplainRecipientResponse explained(Recipient recipient) {
        return messages()
                .explainRecipient(
                        ExplainRecipientRequest.newBuilder()
                                .setCampaign(TestCampaigns.RECEIPT)
                                .setRecipient(recipient)
                                .build());
    }

    private MessageServiceGrpc.MessageServiceBlockingStub messages() {
        return world.stub(MessageServiceGrpc::newBlockingStub, Role.VIEWER);
    }

    private void update(Workspace.Builder workspace) {
        var _ =
                world.stub(AccessServiceGrpc::newBlockingStub, Role.OWNER)
                        .updateWorkspace(
                                UpdateWorkspaceRequest.newBuilder()
                                        .setWorkspace(workspace)
                                        .build());
    }

    private ConsentRecord refused(String address) {
        return world.stub(ProfileServiceGrpc::newBlockingStub, Role.OPERATOR)
                .recordConsent(
                        RecordConsentRequest.newBuilder()
                                .setParent(OWN)
                                .setSubject(
                                        ConsentSubject.newBuilder()
                                                .setAddress(
                                                        ChannelAddress.newBuilder()
                                                                .setEmail(address)))
                                .setConsent(
                                        Consent.newBuilder()
                                                .setState(Consent.State.STATE_DENIED)
                                                .setPurpose(Consent.Purpose.PURPOSE_SERVICE)
                                                .setSource("by phone"))
                                .build());
    }

    private Suppression suppressed(String target) {
        return world.stub(SuppressionServiceGrpc::newBlockingStub, Role.OPERATOR)
                .createSuppression(
                        CreateSuppressionRequest.newBuilder()
                                .setParent(OWN)
                                .setSuppression(Suppression.newBuilder().setTarget(target))
                                .build());
    }
}
