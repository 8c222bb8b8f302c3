package io.campanile.testkit.database;

import io.campanile.testkit.database.EmbeddedServers.Launched;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A durable embedded PostgreSQL of one test's own, to be broken: stopped, crashed and started
/// again on the same data and port, refused connections, run out of disk. Not thread-safe.
public final class PostgresServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Path data;
    private final Map<String, String> settings;
    private final Databases databases;
    private final int port;
    private @Nullable EmbeddedPostgres running;

    private PostgresServer(Path data, Map<String, String> settings) throws IOException {
        this.data = data;
        this.settings = Map.copyOf(settings);
        this.running = EmbeddedServers.start(() -> new Launched(launch(0), data));
        this.port = running.getPort();
        this.databases = Databases.ofSuperuser(EmbeddedServers.maintenanceOf(running));
    }

    /// A new server with the settings given on top of its own (`max_connections`, …).
    public static PostgresServer start(Map<String, String> settings) {
        try {
            return new PostgresServer(Files.createTempDirectory("campanile-postgres"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("The test's own PostgreSQL did not start", e);
        }
    }

    public static PostgresServer start() {
        return start(Map.of());
    }

    /// A fresh, empty database in this server.
    public TestDatabase createDatabase() {
        return databases.create();
    }

    /// Stops in good order (`fast`): sessions are cut, open transactions rolled back.
    public void stop() {
        try (EmbeddedPostgres _ = taken()) {
            // Closing is all.
        } catch (IOException e) {
            throw new UncheckedIOException("The test's own PostgreSQL did not stop", e);
        }
        awaitEnd();
    }

    /// Stops as a crash would (`immediate`): nothing is written any more, the next start recovers
    /// from the log.
    public void crash() {
        // Closed even so, for its lock on the data; it will log that there is nothing left to stop.
        try (EmbeddedPostgres _ = taken()) {
            String pid = Files.readAllLines(pidFile()).getFirst();
            new ProcessBuilder("kill", "-QUIT", pid).inheritIO().start().waitFor();
            awaitEnd();
        } catch (IOException e) {
            throw new UncheckedIOException("The test's own PostgreSQL could not be crashed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL was crashing", e);
        }
    }

    /// Starts again on the same data and the same port.
    public void startAgain() {
        if (running != null) {
            throw new IllegalStateException("The server is running");
        }
        try {
            running = launch(port);
        } catch (IOException e) {
            throw new UncheckedIOException("The test's own PostgreSQL did not start again", e);
        }
    }

    /// Lets the database have at most so many sessions; more are refused with SQLSTATE 53300 by the
    /// server itself. Sessions that are open stay open; −1 lifts the limit.
    public void limitConnections(TestDatabase database, int limit) {
        databases.execute(
                "ALTER DATABASE %s CONNECTION LIMIT %d".formatted(database.name(), limit));
    }

    /// Lets sessions of the database that begin from now on write nothing, as those of a standby
    /// (SQLSTATE 25006), or ends that.
    public void readOnly(TestDatabase database, boolean readOnly) {
        databases.execute(
                "ALTER DATABASE %s SET default_transaction_read_only = %s"
                        .formatted(database.name(), readOnly));
    }

    /// Ends every session of the database, as an administrator would (SQLSTATE 57P01).
    public void cutConnections(TestDatabase database) {
        databases.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                        .formatted(database.name()));
    }

    /// From now on every statement that would add to or change a table of the database fails inside
    /// the server with SQLSTATE 53100, as it does when the disk is full; reading and deleting go
    /// on. Waits for transactions that are writing, for one table after the other: whoever holds
    /// one of them and waits for another would be in a deadlock with it.
    public void fillDisk(TestDatabase database) {
        execute(
                database,
                """
                CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  RAISE EXCEPTION 'could not extend file: No space left on device'
                    USING ERRCODE = 'disk_full', HINT = 'Check free disk space.';
                END $$
                """);
        execute(
                database,
                """
                DO $$
                DECLARE target regclass;
                BEGIN
                  FOR target IN
                    SELECT oid FROM pg_class
                    WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
                  LOOP
                    EXECUTE format(
                      'CREATE TRIGGER a_disk_is_full BEFORE INSERT OR UPDATE ON %s '
                      'FOR EACH STATEMENT EXECUTE FUNCTION disk_is_full()', target);
                    COMMIT;
                  END LOOP;
                END $$
                """);
    }

    /// Ends what [#fillDisk(TestDatabase)] began.
    public void freeDisk(TestDatabase database) {
        execute(
                database,
                """
                DO $$
                DECLARE target regclass;
                BEGIN
                  FOR target IN SELECT tgrelid FROM pg_trigger WHERE tgname = 'a_disk_is_full'
                  LOOP
                    EXECUTE format('DROP TRIGGER a_disk_is_full ON %s', target);
                    COMMIT;
                  END LOOP;
                END $$
                """);
        execute(database, "DROP FUNCTION disk_is_full()");
    }

    @Override
    public void close() {
        if (running != null) {
            crash();
        }
        try (var files = Files.walk(data)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove " + data, e);
        }
    }

    private EmbeddedPostgres launch(int onPort) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedServers.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setPort(onPort)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on");
        settings.forEach(builder::setServerConfig);
        return builder.start();
    }

    private EmbeddedPostgres taken() {
        EmbeddedPostgres server = running;
        if (server == null) {
            throw new IllegalStateException("The server is not running");
        }
        running = null;
        return server;
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    // The postmaster removes its file last of all, also when it stops at once.
    private void awaitEnd() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(pidFile())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL runs on after " + PATIENCE);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static void execute(TestDatabase database, String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The fault could not be raised or ended", e);
        }
    }
}
