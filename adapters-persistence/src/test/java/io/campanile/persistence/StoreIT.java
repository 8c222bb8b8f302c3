package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.application.store.StatementTooSlow;
import io.campanile.application.store.StoreUnavailable;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class StoreIT {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String DEADLOCK =
            "DO 'BEGIN RAISE EXCEPTION USING ERRCODE = ''40P01''; END'";
    private static final String OUT_OF_SPACE =
            "DO 'BEGIN RAISE EXCEPTION USING ERRCODE = ''53100''; END'";

    private final IllegalArgumentException first = new IllegalArgumentException("by the test");

    /// The connection has broken meanwhile, so that its time limits cannot be reset.
    private Object failOnABrokenConnection(Handle handle) {
        assertThatThrownBy(() -> handle.execute("SELECT pg_terminate_backend(pg_backend_pid())"))
                .isNotNull();
        throw first;
    }

    @Test
    void saysWhatALongTransactionFailedOf() {
        Store store = STORE.database().store();

        assertThatThrownBy(() -> store.inLongTransaction(PATIENCE, this::failOnABrokenConnection))
                .isSameAs(first);
        assertThat(first.getSuppressed()).isNotEmpty();
    }

    @Test
    void triesATransactionAgainWhoseStatementEndedInADeadlock() {
        Store store = STORE.database().store();
        var tries = new AtomicInteger();

        int tried =
                store.inTransaction(_ ->
                        store.inStatement(handle -> {
                            if (tries.incrementAndGet() == 1) {
                                handle.execute(DEADLOCK);
                            }
                            return tries.get();
                        }));

        assertThat(tried).isEqualTo(2);
    }

    @Test
    void saysInItsOwnWordsWhatAJoinedStatementFailedOf() {
        Store store = STORE.database().store();

        assertThatThrownBy(() ->
                        store.inTransaction(
                                _ -> store.inStatement(handle -> handle.execute(OUT_OF_SPACE))))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        away -> assertThat(away.reason()).isEqualTo("sqlstate 53100"));
    }

    /// Transaction ids are used up; a transaction lasted longer than the server lets them.
    @ParameterizedTest
    @ValueSource(strings = {"54000", "25P04"})
    void saysThatADatabaseInTroubleIsAway(String sqlState) {
        Store store = STORE.database().store();

        assertThatThrownBy(() -> store.inStatement(handle -> handle.execute(raising(sqlState))))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        away -> assertThat(away.reason()).isEqualTo("sqlstate " + sqlState));
    }

    /// A statement that is too complex, or has too many arguments.
    @ParameterizedTest
    @ValueSource(strings = {"54001", "54023"})
    void saysThatAStatementTooLargeIsADefect(String sqlState) {
        Store store = STORE.database().store();

        assertThatThrownBy(() -> store.inStatement(handle -> handle.execute(raising(sqlState))))
                .isExactlyInstanceOf(IllegalStateException.class);
    }

    private static String raising(String sqlState) {
        return "DO 'BEGIN RAISE EXCEPTION USING ERRCODE = ''%s''; END'".formatted(sqlState);
    }

    @Test
    void readsWhatIsCommittedWhateverTheDatabaseDoesByItself() {
        STORE.database().store().inStatement(StoreIT::makeSerializable);
        try (var database = new Database(STORE.settings("isolation", 1, 1))) {
            assertThat(List.of(database.hot(), database.store()))
                    .allSatisfy(store -> assertThat(isolation(store)).isEqualTo("read committed"));
        }
    }

    private static int makeSerializable(Handle handle) {
        String name = handle.createQuery("SELECT current_database()").mapTo(String.class).one();
        return handle.execute(
                "ALTER DATABASE \""
                        + name
                        + "\" SET default_transaction_isolation = 'serializable'");
    }

    private static String isolation(Store store) {
        return store.inTransaction(handle ->
                handle.createQuery("SHOW transaction_isolation").mapTo(String.class).one());
    }

    @Test
    void saysThatAStatementTookTooLong() {
        Store store = STORE.database().store();

        assertThatThrownBy(() ->
                        store.inTransaction(handle -> {
                            handle.execute("SET LOCAL statement_timeout = 1");
                            return handle.execute("SELECT pg_sleep(60)");
                        }))
                .isInstanceOfSatisfying(
                        StatementTooSlow.class,
                        slow -> assertThat(slow.reason()).isEqualTo("sqlstate 57014"));
        assertThatThrownBy(() ->
                        store.inLongTransaction(
                                Duration.ofMillis(1),
                                handle -> handle.execute("SELECT pg_sleep(60)")))
                .isInstanceOf(StatementTooSlow.class);
    }

    @Test
    void saysWhyThereIsNoConnection() {
        var nowhere =
                new DatabaseSettings(
                        "jdbc:postgresql://127.0.0.1:1/none",
                        new DatabaseSettings.Login("nobody", "secret"),
                        "test",
                        1,
                        1,
                        Duration.ofSeconds(2),
                        PATIENCE);
        try (var database = new Database(nowhere)) {
            String why = "the database is not available: sqlstate 08001 ConnectException";

            assertThatThrownBy(() -> database.store().inStatement(handle -> handle.execute("")))
                    .hasMessage(why);
            assertThatThrownBy(() -> new Migrations(database.dataSource()).up()).hasMessage(why);
        }
    }

    @Test
    void saysWhatLongStatementsFailedOf() {
        Store store = STORE.database().store();

        assertThatThrownBy(() -> store.inLongStatements(PATIENCE, this::failOnABrokenConnection))
                .isSameAs(first);
        assertThat(first.getSuppressed()).isNotEmpty();
    }
}
