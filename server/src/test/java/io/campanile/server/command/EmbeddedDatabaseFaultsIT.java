package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.database.EmbeddedDatabase;
import io.campanile.server.testing.ServerProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A server on the PostgreSQL it brings along, in bad weather.
class EmbeddedDatabaseFaultsIT {
    /// A locale that writes numbers in other digits than configuration files and URLs do.
    private static final Map<String, String> PERSIAN =
            Map.of("JAVA_TOOL_OPTIONS", "-Duser.language=fa -Duser.country=IR");

    /// A table that says in the log of the database that it is read, and is read for ever.
    private static final String SLOW =
            """
            CREATE FUNCTION slow() RETURNS boolean LANGUAGE plpgsql AS $$
            BEGIN
              RAISE LOG 'the audit is under way';
              PERFORM pg_sleep(3600);
              RETURN true;
            END $$;
            ALTER TABLE profile RENAME TO hidden;
            CREATE VIEW profile AS SELECT h.* FROM slow() AS s (ready) LEFT JOIN hidden h ON s.ready;
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path parent;

    @Test
    void endsToBeStartedAgainWhenItsPostgresDies() throws IOException {
        Path folder = parent.resolve("data");
        try (var server = ServerProcess.start(folder, Map.of())) {
            ProcessHandle.of(postmaster(folder)).orElseThrow().destroyForcibly();

            assertThat(server.exitCode()).isEqualTo(LastResort.EXIT_CODE);
            assertThat(server.log())
                    .contains("the embedded PostgreSQL ended, and its node did not")
                    .contains("log=" + folder.resolve("postgres.log"));
        }
        try (var again = ServerProcess.start(folder, Map.of())) {
            assertThat(again.terminate()).isZero();
        }
    }

    @Test
    void stopsItsPostgresWhenACommandIsInterrupted() throws Exception {
        Path folder = parent.resolve("data");
        try (var migration = ServerProcess.launch(folder, Map.of(), "migrate")) {
            assertThat(migration.exitCode()).as(migration.log()).isZero();
        }
        makeAuditsSlow(folder);

        try (var audit = ServerProcess.launch(folder, Map.of(), "audit")) {
            awaitText(folder.resolve("postgres.log"), "the audit is under way");
            assertThat(audit.terminate()).isNotZero();
            assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void startsWhereNumbersHaveOtherDigits() throws IOException {
        try (var server = ServerProcess.start(parent.resolve("data"), PERSIAN)) {
            assertThat(server.terminate()).as(server.log()).isZero();
        }
    }

    private static void makeAuditsSlow(Path folder) throws SQLException {
        try (var database = EmbeddedDatabase.start(folder, 16);
                Connection connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password().value());
                Statement statement = connection.createStatement()) {
            statement.execute(SLOW);
        }
    }

    private static void awaitText(Path file, String text) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(file).contains(text)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static long postmaster(Path folder) throws IOException {
        Path pidFile = folder.resolve("postgres/postmaster.pid");
        return Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    }
}
