package io.campanile.server.proof;

import static io.campanile.server.proof.ConsentScenery.say;
import static io.campanile.server.proof.ConsentScenery.sent;
import static io.campanile.server.proof.ConsentScenery.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.v1.Category;
import io.campanile.v1.Consent;
import io.campanile.v1.DeleteSuppressionRequest;
import io.campanile.v1.ExplainMessageRequest;
import io.campanile.v1.ExplainMessageResponse;
import io.campanile.v1.ExplainMessageResponse.Decision;
import io.campanile.v1.ExplainRecipientRequest;
import io.campanile.v1.ExplainRecipientResponse;
import io.campanile.v1.GetMessageRequest;
import io.campanile.v1.Message;
import io.campanile.v1.RuleVerdict;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/// Every node tells later what a message was decided by, whatever has changed since.
class ExplanationIT extends TwoNodeScene {
    @Test
    void tellsLaterWhatAMessageRestedOn() throws IOException {
        liveCampaign("told");
        say(two, "told@example.com", Consent.State.STATE_GRANTED);
        say(two, "barred@example.com", Consent.State.STATE_GRANTED);
        String entry = Scenery.suppress(two, "barred@example.com");
        var answer =
                one.triggers().triggerCampaign(sent(trigger("told", "told", "barred"), "told"));
        String sent = answer.getResults(0).getAccepted().getMessage();
        String excluded = answer.getResults(1).getExcluded().getMessage();

        String denial = say(two, "told@example.com", Consent.State.STATE_DENIED);
        var _ =
                two.suppressions()
                        .deleteSuppression(
                                DeleteSuppressionRequest.newBuilder().setName(entry).build());

        assertThat(explained(sent).getDecision()).isEqualTo(Decision.DECISION_MADE);
        assertThat(explained(sent).getVerdictsList())
                .hasSizeGreaterThan(2)
                .allSatisfy(verdict ->
                        assertThat(verdict.getReason())
                                .isEqualTo(Message.Reason.REASON_UNSPECIFIED));
        assertThat(dryRun("told").getReason()).isEqualTo(Message.Reason.REASON_CONSENT_DENIED);
        assertThat(dryRun("told").getVerdictsList())
                .extracting(RuleVerdict::getRecord)
                .contains(denial);
        assertThat(explained(excluded).getReason())
                .isEqualTo(Message.Reason.REASON_ADDRESS_SUPPRESSED);
        assertThat(explained(excluded).getVerdictsList())
                .extracting(RuleVerdict::getRecord)
                .contains(entry);
        assertThat(dryRun("barred").getReason()).isEqualTo(Message.Reason.REASON_UNSPECIFIED);
        cluster.audit();
    }

    @Test
    void findsWhatSomebodyComplainsAboutByTheHeaderOfTheMail() throws IOException {
        liveCampaign("found");
        say(two, "found@example.com", Consent.State.STATE_GRANTED);
        var _ = one.triggers().triggerCampaign(sent(trigger("found", "found"), "found"));

        String header = cluster.mailsTo("found@example.com").getFirst().messageId();
        String id = header.substring(header.indexOf('<') + 1, header.indexOf('@'));
        String name = Scenery.WORKSPACE + "/messages/" + id;
        Message message =
                two.messages().getMessage(GetMessageRequest.newBuilder().setName(name).build());

        assertThat(message.getIdentity().getValue()).isEqualTo("found@example.com");
        assertThat(message.getState()).isEqualTo(Message.State.STATE_SENT);
        assertThat(explained(name).getDecision()).isEqualTo(Decision.DECISION_MADE);
        assertThat(explained(name).getVerdictsList()).isNotEmpty();
    }

    private void liveCampaign(String id) {
        Scenery.liveCampaign(one, id, Category.CATEGORY_MARKETING, cluster.receiver().port());
    }

    private ExplainMessageResponse explained(String message) {
        return two.messages()
                .explainMessage(ExplainMessageRequest.newBuilder().setName(message).build());
    }

    private ExplainRecipientResponse dryRun(String person) {
        return two.messages()
                .explainRecipient(
                        ExplainRecipientRequest.newBuilder()
                                .setCampaign(Scenery.nameOf("told"))
                                .setRecipient(Scenery.recipient(person + "@example.com"))
                                .build());
    }
}
