package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campanile.application.store.StoreUnavailable;
import io.campanile.testkit.database.DatabaseLink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class LongTransactionIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Test
    void endsSoonAfterTheNodeThatBeganIt() throws IOException {
        try (DatabaseLink link = STORE.link();
                var node = new Database(by(link));
                var threads = Executors.newSingleThreadExecutor()) {
            Future<Integer> work =
                    threads.submit(() ->
                            node.store()
                                    .inLongTransaction(
                                            Duration.ofMinutes(10),
                                            handle -> handle.execute("SELECT pg_sleep(500)")));
            await().atMost(Duration.ofSeconds(30)).until(LongTransactionIT::isSleeping);

            link.cut();

            assertThat(work)
                    .failsWithin(30, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(StoreUnavailable.class);
            await().atMost(Duration.ofSeconds(30)).until(() -> !isSleeping());
        }
    }

    @Test
    void leavesTheConnectionAsItWas() {
        try (var node = new Database(STORE.settings("tidy", 1, 1))) {
            String before = checkInterval(node);

            String within =
                    node.store()
                            .inLongTransaction(
                                    Duration.ofMinutes(1),
                                    handle ->
                                            handle.createQuery(
                                                            "SHOW client_connection_check_interval")
                                                    .mapTo(String.class)
                                                    .one());

            assertThat(within).isEqualTo("5s");
            assertThat(checkInterval(node)).isEqualTo(before);
        }
    }

    private static DatabaseSettings by(DatabaseLink link) {
        DatabaseSettings usual = STORE.settings("dying", 1, 1);
        return new DatabaseSettings(
                link.jdbcUrl(),
                usual.login(),
                usual.applicationName(),
                usual.hotConnections(),
                usual.connections(),
                usual.acquireTimeout(),
                usual.statementTimeout());
    }

    private static String checkInterval(Database node) {
        return node.store()
                .inStatement(handle ->
                        handle.createQuery("SHOW client_connection_check_interval")
                                .mapTo(String.class)
                                .one());
    }

    private static boolean isSleeping() {
        return STORE.database()
                .store()
                .inStatement(handle ->
                        handle.createQuery(
                                        """
                                        SELECT EXISTS (
                                          SELECT FROM pg_stat_activity a
                                          WHERE a.datname = current_database() AND a.application_name = 'dying'
                                            AND a.wait_event = 'PgSleep')
                                        """)
                                .mapTo(Boolean.class)
                                .one());
    }
}
