package io.campanile.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.testkit.smtp.Stage;
import io.campanile.v1.Category;
import io.campanile.v1.DeleteSuppressionRequest;
import io.campanile.v1.GetMessageRequest;
import io.campanile.v1.Message;
import io.campanile.v1.RecipientResult;
import io.campanile.v1.Suppression;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;

/// Whoever's mail came back gets no more from any campaign on any node, counted at the receiver,
/// which would take a second try.
class BounceIT extends TwoNodeScene {
    private static final String RECEIPTS = "receipts";
    private static final String REMINDERS = "reminders";

    @BeforeAll
    void makesTwoCampaigns() {
        int port = cluster.receiver().port();
        Scenery.liveCampaign(one, RECEIPTS, Category.CATEGORY_TRANSACTIONAL, port);
        Scenery.liveCampaign(one, REMINDERS, Category.CATEGORY_TRANSACTIONAL, port);
    }

    @Test
    void anAddressThatDoesNotExistIsTriedOnceByAllCampaignsOnAllNodes() throws IOException {
        refuseOnce("gone@example.com", "550 5.1.1 who is that?");
        RecipientResult first = Scenery.handedOver(one, RECEIPTS, "gone@example.com");
        assertThat(reason(first)).isEqualTo(Message.Reason.REASON_ADDRESS_REFUSED);

        assertThat(excluded(two, REMINDERS, "Gone@Example.com"))
                .isEqualTo(Message.Reason.REASON_ADDRESS_SUPPRESSED);
        assertThat(excluded(one, RECEIPTS, "gone@example.com"))
                .isEqualTo(Message.Reason.REASON_ADDRESS_SUPPRESSED);

        assertThat(tries("gone@example.com")).isEqualTo(1);
        assertThat(cluster.mailsTo("gone@example.com")).isEmpty();
        Suppression entry = entry("gone@example.com");
        assertThat(entry.getReason()).isEqualTo(Suppression.Reason.REASON_HARD_BOUNCE);
        assertThat(entry.getNote()).isEqualTo(first.getAccepted().getMessage() + ": 550 5.1.1");
        cluster.audit();
    }

    @Test
    void whatAPolicyRefusesIsTriedAgain() throws IOException {
        refuseOnce("blocked@example.com", "550 5.7.1 not from you");
        RecipientResult first = Scenery.handedOver(one, RECEIPTS, "blocked@example.com");
        assertThat(reason(first)).isEqualTo(Message.Reason.REASON_POLICY_REFUSED);

        assertThat(excluded(two, REMINDERS, "blocked@example.com"))
                .isEqualTo(Message.Reason.REASON_UNSPECIFIED);
        assertThat(cluster.mailsTo("blocked@example.com")).hasSize(1);
        cluster.audit();
    }

    @Test
    void fiveSoftBouncesADayApartAreTooMany() throws IOException {
        String address = "full@example.com";
        cluster.receiver().when(Stage.RCPT).of(address).times(9).reply("552 5.2.2 mailbox full");
        for (int day = 1; day <= 4; day++) {
            var _ = Scenery.handedOver(one, RECEIPTS, address);
            var _ = Scenery.handedOver(two, REMINDERS, address);
            cluster.rows().ageBounces("24 h");
        }
        assertThat(Scenery.suppressions(two, address)).isEmpty();
        var _ = Scenery.handedOver(two, REMINDERS, address);

        assertThat(excluded(one, RECEIPTS, address))
                .isEqualTo(Message.Reason.REASON_ADDRESS_SUPPRESSED);
        assertThat(tries(address)).isEqualTo(9);
        Suppression entry = entry(address);
        assertThat(entry.getReason()).isEqualTo(Suppression.Reason.REASON_SOFT_BOUNCES);

        // Taken off the list, the address begins anew; the receiver takes mail again.
        var _ =
                two.suppressions()
                        .deleteSuppression(
                                DeleteSuppressionRequest.newBuilder()
                                        .setName(entry.getName())
                                        .build());
        assertThat(excluded(one, RECEIPTS, address)).isEqualTo(Message.Reason.REASON_UNSPECIFIED);
        assertThat(cluster.mailsTo(address)).hasSize(1);
        cluster.audit();
    }

    private void refuseOnce(String address, String line) {
        cluster.receiver().when(Stage.RCPT).of(address).once().reply(line);
    }

    /// Why nothing was tried; unspecified when it was.
    private static Message.Reason excluded(Node node, String campaign, String address) {
        return Scenery.handedOver(node, campaign, address).getExcluded().getReason();
    }

    private Message.Reason reason(RecipientResult result) {
        return one.messages()
                .getMessage(
                        GetMessageRequest.newBuilder()
                                .setName(result.getAccepted().getMessage())
                                .build())
                .getReason();
    }

    private long tries(String address) {
        return cluster.receiver().commands().stream()
                .filter(command -> command.startsWith("RCPT TO:<" + address + ">"))
                .count();
    }

    private Suppression entry(String address) {
        assertThat(Scenery.suppressions(two, address)).hasSize(1);
        return Scenery.suppressions(two, address).getFirst();
    }
}
