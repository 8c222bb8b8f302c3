package io.campanile.persistence.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.store.port.Transactions;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.persistence.Database;
import io.campanile.persistence.RowsRead;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.message.BroadcastScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

/// A broadcast is looked at, held and let go without reading what else waits, whatever was done on
/// the same connection while nothing else did.
class BroadcastPlansIT extends BroadcastScene {
    /// Often enough for plans that are kept.
    private static final int TIMES = 12;

    private static final int MEMBERS = 10;
    private static final long MOST_READS_FOR_A_MESSAGE = 10;

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    @Test
    void readItsOwnMessages() {
        try (var database = new Database(STORE.settings("plans", 1, 1))) {
            database.store().inStatement(handle -> handle.execute("VACUUM ANALYZE message_queue"));
            NewExecution early = written(1);
            for (int time = 0; time < TIMES; time++) {
                steps(database, early).forEach(Runnable::run);
            }
            fillQueue();
            NewExecution late = written(MEMBERS);

            for (Runnable step : steps(database, late)) {
                assertThat(RowsRead.by(database.store(), "message_queue|message_state_.*", step))
                        .isBetween(1L, MEMBERS * MOST_READS_FOR_A_MESSAGE);
            }
        }
    }

    private NewExecution written(int members) {
        NewExecution execution = broadcast(members);
        fanOut();
        assertThat(broadcast(execution).written()).isEqualTo(members);
        return execution;
    }

    private List<Runnable> steps(Database database, NewExecution execution) {
        var broadcasts = new JdbiBroadcasts(database.store());
        var pauses = new JdbiBroadcastPauses(database.store());
        return List.of(
                () -> assertThat(broadcasts.lock(execution.id())).isPresent(),
                () -> assertThat(pauses.pause(execution.id())).isPresent(),
                () -> assertThat(pauses.resume(execution.id(), clock)).isTrue());
    }
}
