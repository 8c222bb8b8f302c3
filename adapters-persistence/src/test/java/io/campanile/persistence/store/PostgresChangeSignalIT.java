package io.campanile.persistence.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.campanile.application.store.ChangeTopic;
import io.campanile.application.store.port.ChangeSignal.Subscription;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.time.Patience;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

class PostgresChangeSignalIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final String LISTENERS =
            """
            SELECT count(*)
            FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'test-changes'
            """;

    private static final String CUT =
            """
            SELECT count(pg_terminate_backend(pid))
            FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'test-changes'
            """;

    private final PostgresChangeSignal signal = new PostgresChangeSignal(STORE.database());
    private final AtomicInteger told = new AtomicInteger();

    @AfterEach
    void stopListening() {
        signal.close();
        patiently().until(() -> count(LISTENERS) == 0);
    }

    @Test
    void listensOnOneConnectionOfItsOwn() {
        listen();

        assertThat(count(LISTENERS)).isEqualTo(1);
    }

    @Test
    void tellsOnlyOfCommittedChanges() {
        listen();
        try (Subscription _ = subscribed()) {
            int before = told.get();
            store().inTransaction(_ -> {
                signal.publish(ChangeTopic.CAMPAIGNS);
                publishElsewhere();
                assertThat(told).hasValue(before);
                return true;
            });

            patiently().until(() -> told.get() > before);
        }
    }

    /// A change of another topic, that everybody listening has heard of when this returns.
    private void publishElsewhere() {
        var heard = new Semaphore(0);
        try (Subscription _ = signal.subscribe(ChangeTopic.ACCESS, heard::release);
                var other = new PostgresChangeSignal(STORE.database())) {
            patiently().until(heard::tryAcquire);
            Thread.ofVirtual().start(() -> other.publish(ChangeTopic.ACCESS));
            patiently().until(heard::tryAcquire);
        }
    }

    @Test
    void countsNothingThatWasRolledBack() {
        long before = signal.counter(ChangeTopic.CAMPAIGNS);

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        store().inTransaction(_ -> {
                            signal.publish(ChangeTopic.CAMPAIGNS);
                            throw new IllegalStateException("undone");
                        }));

        assertThat(signal.counter(ChangeTopic.CAMPAIGNS)).isEqualTo(before);
    }

    @Test
    void comesBackByItselfAndTellsAfterTheGap() {
        listen();
        try (Subscription _ = subscribed()) {
            int before = told.get();

            assertThat(count(CUT)).isEqualTo(1);

            patiently().until(() -> told.get() > before);
            int afterGap = told.get();
            signal.publish(ChangeTopic.CAMPAIGNS);
            patiently().until(() -> told.get() > afterGap);
        }
    }

    @Test
    void tellsAgainWhoCouldNotLook() {
        try (Subscription _ =
                signal.subscribe(
                        ChangeTopic.CAMPAIGNS,
                        () -> {
                            if (told.incrementAndGet() == 1) {
                                throw new IllegalStateException("away");
                            }
                        })) {
            patiently().until(() -> told.get() == 2);
        }
    }

    @Test
    void tellsNobodyWhoHasEndedTheSubscription() {
        listen();
        subscribed().close();
        int before = told.get();
        try (Subscription _ = subscribed()) {
            int subscribedAgain = told.get();
            signal.publish(ChangeTopic.CAMPAIGNS);
            patiently().until(() -> told.get() > subscribedAgain);

            // One call for the new subscription, one for the change.
            assertThat(told).hasValue(before + 2);
        }
    }

    @Test
    void refusesToStartTwice() {
        signal.start();

        assertThatIllegalStateException().isThrownBy(signal::start);
    }

    private void listen() {
        signal.start();
        patiently().until(() -> count(LISTENERS) == 1);
        // It listens once a change is heard of.
        var heard = new Semaphore(0);
        try (Subscription _ = signal.subscribe(ChangeTopic.ACCESS, heard::release)) {
            patiently().until(heard::tryAcquire);
            signal.publish(ChangeTopic.ACCESS);
            patiently().until(heard::tryAcquire);
        }
    }

    private Subscription subscribed() {
        int before = told.get();
        Subscription subscription = signal.subscribe(ChangeTopic.CAMPAIGNS, told::incrementAndGet);
        patiently().until(() -> told.get() > before);
        return subscription;
    }

    private static ConditionFactory patiently() {
        return Patience.await().pollInterval(Duration.ofMillis(20));
    }

    private static Store store() {
        return STORE.database().store();
    }

    private static long count(String query) {
        return store().inStatement(handle -> handle.createQuery(query).mapTo(Long.class).one());
    }
}
