package io.campanile.persistence.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.persistence.Database;
import io.campanile.persistence.DatabaseSettings;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two nodes that store the same request ids at the same time.
class ConcurrentIntakeIT extends StoreScene {
    private static final int ROUNDS = 40;
    private static final int KEYS = 20;

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

    @Test
    void storesEqualRequestIdsOnceAndDoesNotDeadlockInOppositeOrder()
            throws InterruptedException, ExecutionException {
        DatabaseSettings settings = STORE.settings("race");
        try (var database = new Database(settings);
                var executor = Executors.newFixedThreadPool(2)) {
            var intake = new JdbiIntakeStore(database.hot());
            for (int round = 0; round < ROUNDS; round++) {
                race(intake, executor, round);
            }
        }
        // A session counts its deadlocks, at the latest, as it ends; the store would hide them by
        // repeating.
        await().until(() -> number(RACING) == 0);
        assertThat(number(DEADLOCKS)).isZero();
    }

    private void race(IntakeStore intake, ExecutorService executor, int round)
            throws InterruptedException, ExecutionException {
        List<NewExecution> one = new ArrayList<>();
        List<NewExecution> other = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            String requestId = "race-" + round + "-" + key;
            one.add(trigger().requestId(requestId).build());
            other.add(trigger().requestId(requestId).build());
        }
        var together = new CyclicBarrier(2);
        Future<List<IntakeResult>> first =
                executor.submit(() -> {
                    together.await();
                    return intake.store(node, one);
                });
        Future<List<IntakeResult>> second =
                executor.submit(() -> {
                    together.await();
                    return intake.store(node, other.reversed()).reversed();
                });
        for (int key = 0; key < KEYS; key++) {
            assertOneStored(
                    one.get(key), first.get().get(key), other.get(key), second.get().get(key));
        }
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
