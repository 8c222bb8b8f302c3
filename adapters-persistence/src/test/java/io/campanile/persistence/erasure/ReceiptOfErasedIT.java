package io.campanile.persistence.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.receipt.RecordReceipts;
import io.campanile.application.suppression.SuppressBounced;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.profile.Erasure;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.domain.suppression.BounceRule;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.persistence.suppression.JdbiBounceCounts;
import io.campanile.persistence.suppression.JdbiSuppressions;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Something is reported of a message while its person is taken out of it.
class ReceiptOfErasedIT extends StoreScene {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String DIAGNOSTICS =
            "SELECT diagnostic FROM message_receipt WHERE message_id = :message";

    private final JdbiTransactions transactions = new JdbiTransactions(STORE.database().store());

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void keepsNoWordsOfWhatIsReportedAtThatMoment()
            throws InterruptedException, ExecutionException {
        String address = "p" + Triggers.id(now) + "@example.com";
        NewExecution execution = stored(trigger().identity(address));
        MessageId message = ids(execution).getFirst();
        List<Claim> claims = marked();
        store().queue().record(List.of(recording(claims.getFirst(), new MessageState.Sent(now))));
        store().erasures().begin(erasure(execution));
        var receipt = new Receipt(message, "r", ReceiptKind.BOUNCED, "5.1.1", "no " + address, now);

        whileReporting(receipt);

        assertThat(store().messages().find(WorkspaceId.DEFAULT, message))
                .hasValueSatisfying(view -> {
                    assertThat(view.identity()).isEqualTo(Identity.ERASED);
                    assertThat(view.state()).isEqualTo(MessageState.Kind.BOUNCED);
                });
        assertThat(diagnostics(message)).containsExactly("");
    }

    /// The report is committed as soon as the erasure waits for it.
    private void whileReporting(Receipt receipt) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> left =
                    transactions.inTransaction(() -> {
                        var _ = records().record(WorkspaceId.DEFAULT, List.of(receipt), false);
                        Future<Integer> goingOn =
                                threads.submit(() ->
                                        store().erasures().goOn(now.plusSeconds(600), _ -> {}));
                        LockWaits.await(STORE.database());
                        return goingOn;
                    });
            assertThat(left.get()).isZero();
        }
    }

    private Erasure erasure(NewExecution execution) {
        return new Erasure(
                new PersonNames(
                        new ProfileId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        Set.of(execution.messages().getFirst().identity()),
                        Set.of(),
                        Set.of()),
                now);
    }

    private RecordReceipts records() {
        return new RecordReceipts(
                store().receipts(),
                new SuppressBounced(
                        new JdbiBounceCounts(STORE.database().store()),
                        new JdbiSuppressions(STORE.database().store()),
                        new BounceRule(5),
                        UUID::randomUUID),
                transactions,
                () -> now);
    }

    private static List<String> diagnostics(MessageId message) {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(DIAGNOSTICS)
                                .bind("message", message.value())
                                .mapTo(String.class)
                                .list());
    }
}
