package io.campanile.server.database;

import io.campanile.server.Secret;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;

/// The PostgreSQL that a node starts for itself: durable, on loopback only, behind a password, its
/// programs, data and password under the data folder. The data stay when it is closed; a copy of
/// the folder of a closed one is a backup. There is no shutdown hook: whoever starts it closes it,
/// last of all.
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String DATA = "postgres";
    private static final String PASSWORD = "postgres-password";
    private static final String LOG_FILE = "postgres.log";

    private final DataFolder folder;
    private final PostgresCluster cluster;
    private final Secret password;
    private final int port;
    private volatile boolean closing;

    private EmbeddedDatabase(
            DataFolder folder, PostgresCluster cluster, Secret password, int port) {
        this.folder = folder;
        this.cluster = cluster;
        this.password = password;
        this.port = port;
    }

    /// Whether the folder holds one.
    public static boolean exists(Path dataFolder) {
        return Files.exists(dataFolder.resolve(DATA));
    }

    /// Starts the database kept in the folder, creating both if need be; a server that a killed
    /// node left running on it is stopped first. Throws [EmbeddedDatabaseException] if the folder
    /// is in use, written by another major version of PostgreSQL, or otherwise unfit.
    ///
    /// @param connections so many that the node keeps find room
    /// @param locks so many for each connection find room, by how many connections there can be
    public static EmbeddedDatabase start(Path dataFolder, int connections, IntUnaryOperator locks) {
        return start(dataFolder, connections, locks, PostgresPatience.USUAL);
    }

    /// As the other, for a node with the usual settings.
    public static EmbeddedDatabase start(Path dataFolder, int connections) {
        return start(dataFolder, connections, PostgresPatience.USUAL);
    }

    static EmbeddedDatabase start(Path dataFolder, int connections, PostgresPatience patience) {
        return start(dataFolder, connections, _ -> 0, patience);
    }

    private static EmbeddedDatabase start(
            Path dataFolder, int connections, IntUnaryOperator locks, PostgresPatience patience) {
        try {
            DataFolder folder = DataFolder.take(dataFolder);
            try {
                return start(folder, connections, locks, patience);
            } catch (IOException | RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "The embedded database in %s did not start: %s"
                            .formatted(dataFolder, FileProblem.of(e)),
                    e);
        }
    }

    private static EmbeddedDatabase start(
            DataFolder folder, int connections, IntUnaryOperator locks, PostgresPatience patience)
            throws IOException {
        Path data = folder.resolve(DATA);
        if (Files.exists(data) && !Files.exists(folder.resolve(PASSWORD))) {
            throw new EmbeddedDatabaseException(
                    "%s is missing: restore it from the backup of the data folder"
                            .formatted(folder.resolve(PASSWORD)));
        }
        Secret password = folder.password(PASSWORD);
        var binaries = PostgresBinaries.unpackedIn(folder.createFolder("programs"));
        var cluster =
                new PostgresCluster(
                        data,
                        new PostgresLog(folder.resolve(LOG_FILE)),
                        binaries,
                        password,
                        patience);
        cluster.createIfAbsent();
        cluster.requireSameMajorVersion();
        cluster.endOrphan();
        int port = cluster.start(connections, locks);
        var database = new EmbeddedDatabase(folder, cluster, password, port);
        var _ = Thread.ofVirtual().name("embedded-postgres").start(database::watch);
        return database;
    }

    /// Ends its thread by an error when PostgreSQL ends before it is closed: nothing of a node
    /// works without it, and nobody but another start brings it back.
    private void watch() {
        try {
            cluster.awaitEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!closing) {
            // Exceptions are logged without what they say.
            LOG.error(
                    "the embedded PostgreSQL ended, and its node did not end it; its log says why"
                            + " log={}",
                    folder.resolve(LOG_FILE));
            throw new EmbeddedDatabaseException("The embedded database ended by itself");
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, PostgresCluster.DATABASE);
    }

    /// Owns the database, but is no superuser.
    public String user() {
        return PostgresCluster.USER;
    }

    public Secret password() {
        return password;
    }

    /// Ends all sessions, stops PostgreSQL in good order and gives the folder free.
    @Override
    public void close() {
        closing = true;
        try (folder) {
            cluster.stop();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "The embedded database did not stop in good order: " + FileProblem.of(e), e);
        }
    }
}
