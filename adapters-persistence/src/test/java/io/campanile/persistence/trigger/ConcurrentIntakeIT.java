package io.campanile.persistence.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.CampaignControl.Delivery;
import io.campanile.persistence.Database;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.time.Patience;
import io.campanile.testkit.trigger.Triggers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two nodes that store the same request ids at the same time, and a stop while an intake runs.
class ConcurrentIntakeIT extends StoreScene {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String DEADLOCKS =
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";

    private static final String RACING =
            """
            SELECT count(*)
            FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'race'
            """;

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    /// Both meet at a key that somebody else is taking, so that each holds what comes before it in
    /// its own order, unless they agree on one.
    @Test
    void storesEqualRequestIdsOnceAndDoesNotDeadlockInOppositeOrder()
            throws InterruptedException, ExecutionException {
        NewExecution earlier = trigger().requestId("m").build();
        List<NewExecution> one = executions("a", "m", "z");
        List<NewExecution> other = executions("z", "m", "a");
        try (var database = new Database(STORE.settings("race"));
                var executor = Executors.newFixedThreadPool(2)) {
            var intake = new JdbiIntakeStore(database.hot());
            List<Future<List<IntakeResult>>> racing =
                    STORE.database()
                            .hot()
                            .inTransaction(_ -> {
                                stored(earlier);
                                var first = executor.submit(() -> intake.store(node, one));
                                LockWaits.await(STORE.database(), 1);
                                var second = executor.submit(() -> intake.store(node, other));
                                LockWaits.await(STORE.database(), 2);
                                return List.of(first, second);
                            });
            List<IntakeResult> first = racing.getFirst().get();
            List<IntakeResult> second = racing.getLast().get().reversed();

            assertOneStored(one.getFirst(), first.getFirst(), other.getLast(), second.getFirst());
            assertTaken(first.get(1), earlier);
            assertTaken(second.get(1), earlier);
            assertOneStored(one.getLast(), first.getLast(), other.getFirst(), second.getLast());
        }
        // A session counts its deadlocks, at the latest, as it ends; the store would hide them by
        // repeating.
        Patience.await().until(() -> number(RACING) == 0);
        assertThat(number(DEADLOCKS)).isZero();
    }

    /// What was accepted is there when the stop counts what it cancels.
    @Test
    void letsAStopWaitForAnIntakeThatRuns() throws InterruptedException, ExecutionException {
        try (var executor = Executors.newSingleThreadExecutor()) {
            Future<?> stop =
                    STORE.database()
                            .hot()
                            .inTransaction(_ -> {
                                stored(trigger().build());
                                Future<?> stopping =
                                        executor.submit(() -> control(false, Delivery.CANCEL));
                                LockWaits.await(STORE.database());
                                assertThat(stopping).isNotDone();
                                return stopping;
                            });
            stop.get();
        }
        assertThat(store(trigger().build())).isInstanceOf(IntakeResult.CampaignRefuses.class);
    }

    /// It learns that within the statement that it waits in.
    @Test
    void letsAnIntakeWaitForAStopAndObeyIt() throws InterruptedException, ExecutionException {
        NewExecution late = trigger().build();
        NewExecution ofAnother = Triggers.trigger(addCampaign(), now).build();
        try (var executor = Executors.newSingleThreadExecutor()) {
            Future<List<IntakeResult>> intake =
                    STORE.database()
                            .store()
                            .inTransaction(_ -> {
                                control(false, Delivery.CANCEL);
                                var storing =
                                        executor.submit(() ->
                                                store().intake()
                                                        .store(node, List.of(late, ofAnother)));
                                LockWaits.await(STORE.database());
                                return storing;
                            });
            assertThat(intake.get())
                    .containsExactly(new IntakeResult.CampaignRefuses(), new IntakeResult.Stored());
        }
    }

    private List<NewExecution> executions(String... requestIds) {
        return Arrays.stream(requestIds).map(id -> trigger().requestId(id).build()).toList();
    }

    private void stored(NewExecution execution) {
        assertThat(store(execution)).isInstanceOf(IntakeResult.Stored.class);
    }

    private static void assertOneStored(
            NewExecution one, IntakeResult first, NewExecution other, IntakeResult second) {
        if (first instanceof IntakeResult.Stored) {
            assertTaken(second, one);
        } else {
            assertThat(second).isInstanceOf(IntakeResult.Stored.class);
            assertTaken(first, other);
        }
    }

    private static void assertTaken(IntakeResult result, NewExecution by) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        IntakeResult.RequestIdTaken.class,
                        taken -> assertThat(taken.original().id()).isEqualTo(by.id()));
    }

    private static long number(String query) {
        return STORE.database()
                .store()
                .inStatement(handle -> handle.createQuery(query).mapTo(Long.class).one());
    }
}
