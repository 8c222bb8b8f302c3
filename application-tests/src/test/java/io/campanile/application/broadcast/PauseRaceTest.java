package io.campanile.application.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.Changes;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.Actor;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.message.BroadcastScene;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.store.SettableTime;

import org.junit.jupiter.api.Test;

import java.util.UUID;
import java.util.function.Supplier;

/// Somebody else has the broadcast's lock just before.
class PauseRaceTest extends BroadcastScene {
    private final SettableTime time = new SettableTime(now);
    private final InMemoryStore store = new InMemoryStore(time);
    private final Transactions transactions = new InMemoryTransactions();
    private final InMemoryAuditEntries audit = new InMemoryAuditEntries();
    private Runnable before = () -> {};
    private final PauseExecution pauses =
            new PauseExecution(
                    store.broadcastPauses(),
                    store.executions(),
                    new Changes(
                            new Waiting(),
                            new InMemoryRequestLog(),
                            InMemoryKeptKeys.requestDigests(),
                            audit,
                            new InMemoryChangeSignal(),
                            time,
                            UUID::randomUUID));

    /// Waits until somebody else is done.
    private final class Waiting implements Transactions {
        @Override
        public <T> T inTransaction(Supplier<T> work) {
            before.run();
            return transactions.inTransaction(work);
        }
    }

    @Override
    protected StoreUnderTest store() {
        return store;
    }

    @Override
    protected Transactions transactions() {
        return transactions;
    }

    @Test
    void tellsWhatItFoundUnderTheLock() {
        NewExecution execution = broadcast(3);
        fanOut();
        before = () -> store.executions().cancel(execution.id(), now);

        assertThat(pauses.pause(WorkspaceId.DEFAULT, execution.id(), Actor.SYSTEM, false))
                .hasValueSatisfying(result ->
                        assertThat(result).isEqualTo(new PauseExecution.Refused(view(execution))));
        assertThat(pauses.resume(WorkspaceId.DEFAULT, execution.id(), Actor.SYSTEM, false))
                .hasValueSatisfying(result ->
                        assertThat(result).isEqualTo(new PauseExecution.Refused(view(execution))));
        assertThat(view(execution).open()).isZero();
    }

    @Test
    void leavesNoEntryForAPauseThatSomebodyElseMade() {
        NewExecution execution = broadcast(3);
        fanOut();
        before = () -> store.broadcastPauses().pause(execution.id());

        assertThat(pauses.pause(WorkspaceId.DEFAULT, execution.id(), Actor.SYSTEM, false))
                .containsInstanceOf(PauseExecution.Paused.class);

        assertThat(audit.all()).isEmpty();
    }
}
