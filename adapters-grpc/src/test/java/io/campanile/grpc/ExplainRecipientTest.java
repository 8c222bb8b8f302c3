package io.campanile.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.access.Role;
import io.campanile.v1.ChannelAddress;
import io.campanile.v1.Consent;
import io.campanile.v1.ConsentRecord;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.CreateSuppressionRequest;
import io.campanile.v1.ExplainRecipientRequest;
import io.campanile.v1.ExplainRecipientResponse;
import io.campanile.v1.Message.Reason;
import io.campanile.v1.MessageServiceGrpc;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RecordConsentRequest;
import io.campanile.v1.RuleVerdict;
import io.campanile.v1.RuleVerdict.Rule;
import io.campanile.v1.Suppression;
import io.campanile.v1.SuppressionServiceGrpc;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExplainRecipientTest {
    private static final String OWN = "workspaces/default";

    private final GrpcWorld world = new GrpcWorld();

    @AfterEach
    void stop() {
        world.close();
    }

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
                                .setRemedy("Whoever refused would have to grant the same level.")
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

    private static RuleVerdict yes(Rule rule) {
        return RuleVerdict.newBuilder().setRule(rule).build();
    }

    private ExplainRecipientResponse explained(String address) {
        return MessageServiceGrpc.newBlockingStub(world.channel)
                .withCallCredentials(GrpcWorld.as(Role.VIEWER))
                .explainRecipient(
                        ExplainRecipientRequest.newBuilder()
                                .setCampaign(BadInput.RECEIPT)
                                .setRecipient(BadInput.recipient(address))
                                .build());
    }

    private ConsentRecord refused(String address) {
        return ProfileServiceGrpc.newBlockingStub(world.channel)
                .withCallCredentials(GrpcWorld.as(Role.OPERATOR))
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
        return SuppressionServiceGrpc.newBlockingStub(world.channel)
                .withCallCredentials(GrpcWorld.as(Role.OPERATOR))
                .createSuppression(
                        CreateSuppressionRequest.newBuilder()
                                .setParent(OWN)
                                .setSuppression(Suppression.newBuilder().setTarget(target))
                                .build());
    }
}
