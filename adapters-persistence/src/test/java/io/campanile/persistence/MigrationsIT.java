package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.campanile.testkit.database.PostgresExtension;
import io.campanile.testkit.database.TestDatabase;
import io.campanile.testkit.log.LogLines;
import io.campanile.testkit.time.Patience;

import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class MigrationsIT {
    @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final String DEFINITIONS =
            """
            SELECT concat_ws(' ', c.table_name, c.column_name, c.data_type, c.is_nullable) AS definition
            FROM information_schema.columns c
            WHERE c.table_schema = current_schema() AND c.table_name !~ '^databasechangelog'
            UNION ALL
            SELECT concat_ws(' ', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
            FROM pg_constraint k
            WHERE k.connamespace = current_schema()::regnamespace AND k.conrelid::regclass::text !~ '^databasechangelog'
            UNION ALL
            SELECT i.indexdef
            FROM pg_indexes i
            WHERE i.schemaname = current_schema() AND i.tablename !~ '^databasechangelog'
            ORDER BY definition
            """;

    private final TestDatabase database = POSTGRES.freshDatabase();
    private final Migrations migrations = new Migrations(database.dataSource());

    @Test
    void goesUpDownAndUpAgainToTheSameSchema() {
        migrations.up();
        List<String> schema = schema();

        migrations.down();
        assertThat(schema()).isEmpty();

        migrations.up();
        assertThat(schema()).isNotEmpty().isEqualTo(schema);
    }

    /// It would lock claims, marks and intake out.
    @Test
    void keepVacuumFromCuttingOffTheEndOfTheQueue() {
        migrations.up();

        List<String> options =
                Jdbi.create(database.dataSource())
                        .withHandle(handle ->
                                handle.createQuery(
                                                "SELECT unnest(reloptions) FROM pg_class WHERE"
                                                        + " relname = 'message_queue'")
                                        .mapTo(String.class)
                                        .list());

        assertThat(options).contains("vacuum_truncate=false");
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(migrations.missing()).startsWith("0001-workspace");

        migrations.up();

        assertThat(migrations.missing()).isEmpty();
    }

    @Test
    void refusesWhatANewerProgramMade() {
        migrations.up();
        execute(
                """
                INSERT INTO databasechangelog
                  (id, author, filename, dateexecuted, orderexecuted, exectype)
                VALUES ('9999-later', 'campanile', 'later.sql', now(), 9999, 'EXECUTED')
                """);

        assertThatIllegalStateException()
                .isThrownBy(migrations::up)
                .withMessageContaining("A newer Campanile")
                .withMessageContaining("9999-later");
        assertThatIllegalStateException().isThrownBy(migrations::missing);
    }

    @Test
    void saysThatChangesWereOthersBeforeTheFirstRelease() {
        migrations.up();
        execute("COMMENT ON TABLE databasechangelog IS 'of another changelog'");
        execute(
                "UPDATE databasechangelog SET md5sum = '9:00000000000000000000000000000000'"
                        + " WHERE orderexecuted = 1");

        assertThatIllegalStateException()
                .isThrownBy(migrations::up)
                .withMessageContaining("another build made them");
    }

    @Test
    void asksNobodyElseOnceAllIsApplied() {
        migrations.up();
        // Liquibase cannot do without its lock.
        execute("DROP TABLE databasechangeloglock");

        migrations.up();
        assertThat(migrations.missing()).isEmpty();

        execute("COMMENT ON TABLE databasechangelog IS 'of another changelog'");
        migrations.up();
        execute("TABLE databasechangeloglock");
    }

    @Test
    void changesNothingTheSecondTime() {
        migrations.up();
        List<String> schema = schema();

        migrations.up();

        assertThat(schema()).isEqualTo(schema);
    }

    @Test
    void letsSeveralNodesMigrateAtOnce() throws InterruptedException, ExecutionException {
        Callable<Boolean> node =
                () -> {
                    new Migrations(database.dataSource()).up();
                    return true;
                };
        try (var nodes = Executors.newFixedThreadPool(3)) {
            for (Future<Boolean> migrated : nodes.invokeAll(List.of(node, node, node))) {
                assertThat(migrated.get()).isTrue();
            }
        }
        assertThat(migrations.missing()).isEmpty();
    }

    @Test
    void saysThatItWaitsForAnotherNode() throws Exception {
        try (var node = Executors.newSingleThreadExecutor();
                var lines = LogLines.of(Migrations.class.getName());
                var other = database.dataSource().getConnection();
                var statement = other.createStatement()) {
            statement.execute(
                    "SELECT pg_advisory_lock(hashtextextended('campanile migrations', 0))");
            Future<?> migrated = node.submit(migrations::up);
            Patience.await().until(() -> !lines.all().isEmpty());
            statement.execute("SELECT pg_advisory_unlock_all()");
            migrated.get();
            assertThat(lines.all())
                    .containsExactly(
                            "INFO another node brings the database's schema up to date, and is"
                                    + " waited for");
        }
    }

    @Test
    void saysWhichRightsItsUserLacks() {
        execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC, pg_database_owner");

        assertThatIllegalStateException()
                .isThrownBy(migrations::up)
                .withMessageContaining("own the database or have CREATE on its schema");
    }

    private void execute(String statement) {
        Jdbi.create(database.dataSource()).useHandle(handle -> handle.execute(statement));
    }

    private List<String> schema() {
        return Jdbi.create(database.dataSource())
                .withHandle(handle -> handle.createQuery(DEFINITIONS).mapTo(String.class).list());
    }
}
