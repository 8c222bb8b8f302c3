package io.campanile.persistence.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.Claim;
import io.campanile.application.store.port.Transactions;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.persistence.Database;
import io.campanile.persistence.DatabaseSettings;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.delivery.JdbiMessageQueue;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.message.BroadcastsContract;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class JdbiBroadcastsIT extends BroadcastsContract {
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
    void takesLongToBeginAndStandsInNobodysWay() throws SQLException {
        NewExecution execution = broadcast(3);

        try (var node = new Database(impatient());
                var threads = Executors.newSingleThreadExecutor();
                Connection slow = STORE.database().connect("slow")) {
            slow.setAutoCommit(false);
            slow.createStatement().execute("LOCK TABLE audience_member IN ACCESS EXCLUSIVE MODE");
            Future<Boolean> begun =
                    threads.submit(() -> new JdbiBroadcasts(node.store()).begin(execution.id()));
            LockWaits.await(STORE.database());

            assertThat(store().broadcasts().begin(execution.id()))
                    .as("leaves it to the first")
                    .isTrue();
            assertThat(store().broadcastPauses().pause(execution.id())).isPresent();
            assertThat(store().broadcastPauses().resume(execution.id(), clock)).isTrue();
            Patience.await().until(this::waitsForLong);

            slow.rollback();
            assertThat(begun).succeedsWithin(Patience.TIME).isEqualTo(true);
        }
        assertThat(broadcast(execution).state()).isEqualTo(FanOutState.WRITING);
    }

    /// A row in the middle of an index costs more than one at its end.
    @Test
    void givesTheMessagesOfAChunkIdsInTheirOrder() {
        NewExecution execution = broadcast(50);

        fanOut();

        assertThat(recipientsById(execution)).hasSize(50).isSorted();
    }

    private static List<Integer> recipientsById(NewExecution execution) {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(
                                        """
                                        SELECT m.recipient_index
                                        FROM message m
                                        WHERE m.execution_id = :execution
                                        ORDER BY m.message_id
                                        """)
                                .bind("execution", execution.id().value())
                                .mapTo(Integer.class)
                                .list());
    }

    @Test
    void letsGoWhatAFailedAttemptHoldsBackAtTheSameMoment() {
        NewExecution execution = broadcast(1);
        fanOut();
        Claim claim = claims(claimed(1)).getFirst();
        mark(node, List.of(claim));
        assertThat(store().broadcastPauses().pause(execution.id())).isPresent();
        var queue = new JdbiMessageQueue(STORE.database().store());
        var busy = new MessageState.Deferred(clock.plusSeconds(1), Reason.PROVIDER_BUSY);

        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Boolean> resumed =
                    transactions()
                            .inTransaction(() -> {
                                queue.record(List.of(recording(claim, busy)));
                                Future<Boolean> begun =
                                        threads.submit(() ->
                                                store().broadcastPauses()
                                                        .resume(execution.id(), clock));
                                LockWaits.await(STORE.database());
                                return begun;
                            });
            assertThat(resumed).succeedsWithin(Patience.TIME).isEqualTo(true);
        }

        clock = busy.dueTime();
        assertThat(claimed(1)).hasSize(1);
    }

    /// A node that waits half a second for other statements, and five more for answers.
    private static DatabaseSettings impatient() {
        DatabaseSettings usual = STORE.settings("impatient", 1, 1);
        return new DatabaseSettings(
                usual.url(),
                usual.login(),
                usual.applicationName(),
                usual.hotConnections(),
                usual.connections(),
                usual.acquireTimeout(),
                Duration.ofMillis(500));
    }

    private boolean waitsForLong() {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(
                                        """
                                        SELECT EXISTS (
                                          SELECT FROM pg_stat_activity a
                                          WHERE a.datname = current_database() AND a.application_name = 'impatient'
                                            AND a.wait_event_type = 'Lock'
                                            AND clock_timestamp() - a.query_start > interval '6 seconds')
                                        """)
                                .mapTo(Boolean.class)
                                .one());
    }
}
