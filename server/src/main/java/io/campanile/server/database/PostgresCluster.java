package io.campanile.server.database;

import io.campanile.server.Secret;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;

/// A PostgreSQL data directory and the server on it. The programs run in a session of their own, so
/// that the Ctrl-C meant for the node does not stop the database under a node that is draining.
final class PostgresCluster {
    static final String USER = "campanile";
    static final String DATABASE = "campanile";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int ATTEMPTS = 3;
    private static final int LEAST_CONNECTIONS = 100;

    /// Enough for 22 connections, and messages that are kept for 200 days.
    private static final int LEAST_LOCKS = 720;

    /// For what listens and starts, for whoever looks, and those that PostgreSQL reserves.
    private static final int OTHER_CONNECTIONS = 20;

    private static final String HBA =
            """
            # Written by Campanile at every start.
            host all %s 127.0.0.1/32 scram-sha-256
            """
                    .formatted(USER);

    private final Path directory;
    private final PostgresLog log;
    private final PostgresBinaries binaries;
    private final Secret password;
    private final PostgresPatience patience;
    private final PostmasterFile postmaster;

    PostgresCluster(
            Path directory,
            PostgresLog log,
            PostgresBinaries binaries,
            Secret password,
            PostgresPatience patience) {
        this.directory = directory;
        this.log = log;
        this.binaries = binaries;
        this.password = password;
        this.patience = patience;
        this.postmaster = new PostmasterFile(directory.resolve("postmaster.pid"));
    }

    /// Makes the data directory if there is none. The user is no superuser, and the superuser can
    /// not log in at all.
    void createIfAbsent() throws IOException {
        if (Files.exists(directory)) {
            return;
        }
        Path draft = directory.resolveSibling(directory.getFileName() + ".new");
        PostgresBinaries.delete(draft);
        // Collation by code point, from PostgreSQL itself: an upgrade of the system's libraries
        // must not silently break the order of an index.
        binaries.run(
                "initdb",
                List.of(
                        "--pgdata=" + draft,
                        "--username=postgres",
                        "--auth=reject",
                        "--encoding=UTF8",
                        "--no-locale",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-instructions"),
                "");
        // One command a line, as the single-user mode wants it.
        binaries.run(
                "postgres",
                List.of("--single", "-D", draft.toString(), "-c", "exit_on_error=on", "postgres"),
                """
                CREATE ROLE %s LOGIN PASSWORD '%s'
                GRANT pg_monitor, pg_checkpoint TO %s
                CREATE DATABASE %s OWNER %s
                """
                        .formatted(USER, password.value(), USER, DATABASE, USER));
        Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Refuses data that these programs cannot read.
    void requireSameMajorVersion() throws IOException {
        String data = Files.readString(directory.resolve("PG_VERSION")).strip();
        String program = binaries.majorVersion();
        if (!data.equals(program)) {
            throw new EmbeddedDatabaseException(
                    """
                    The data in %s was written by PostgreSQL %s, and this Campanile brings PostgreSQL %s: \
                    start the Campanile that wrote it, copy the database with pg_dump to a PostgreSQL of your \
                    own, as docs/operating.md says, and set CAMPANILE_DATABASE_URL\
                    """
                            .formatted(directory, data, program));
        }
    }

    /// Starts the server, with room for so many connections of the node, and returns its port.
    ///
    /// @param locks how many for each connection, by how many connections there can be
    int start(int connections, IntUnaryOperator locks) throws IOException {
        log.keepShort();
        Files.writeString(directory.resolve("pg_hba.conf"), HBA);
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            configure(port, connections, locks);
            try {
                pgCtl(patience.start(), "--silent", "--log=" + log.file(), "start");
                return port;
            } catch (EmbeddedDatabaseException e) {
                if (isReadyAtLast()) {
                    return port;
                }
                // Somebody may have taken the port in between.
                if (attempt == ATTEMPTS) {
                    throw new EmbeddedDatabaseException(
                            "The embedded database did not start: %s (see %s)"
                                    .formatted(log.complaint(), log.file()),
                            e);
                }
            }
        }
    }

    private void configure(int port, int connections, IntUnaryOperator locks) throws IOException {
        int most = Math.max(LEAST_CONNECTIONS, connections + OTHER_CONNECTIONS);
        String generated =
                "port = "
                        + port
                        + "\nmax_connections = "
                        + most
                        + "\nmax_locks_per_transaction = "
                        + Math.max(LEAST_LOCKS, locks.applyAsInt(most))
                        + "\n"
                        + PostgresMemory.ofThisMachine();
        Files.writeString(directory.resolve("postgresql.conf"), generated + "\n" + settings());
    }

    /// Ends the server that a killed node left behind, if there is one. One that recovers from a
    /// crash ends its recovery first: the next server would begin it anew.
    void endOrphan() throws IOException {
        if (server().isPresent() && postmaster.isStarting()) {
            LOG.info("a PostgreSQL that was left behind is still starting, and is waited for");
            var _ = isReadyAtLast();
        }
        stop();
    }

    /// Ends the server on this directory in good order. Nothing happens if there is none.
    void stop() throws IOException {
        if (server().isPresent()) {
            pgCtl(patience.stop(), "--mode=fast", "stop");
        } else {
            // Left by a crash, and the number may be somebody else's by now: a server would take
            // that for its own predecessor and refuse to start.
            postmaster.delete();
        }
    }

    /// Waits until the server on this directory has ended.
    void awaitEnd() throws IOException {
        server().map(ProcessHandle::onExit).ifPresent(CompletableFuture::join);
    }

    /// The server on this directory, as long as it lives.
    private Optional<ProcessHandle> server() throws IOException {
        return postmaster.pid().flatMap(ProcessHandle::of).filter(this::isServer);
    }

    /// Waits as long as the server lives: pg_ctl gives up, while PostgreSQL goes on recovering.
    private boolean isReadyAtLast() throws IOException {
        long said = System.nanoTime();
        while (server().isPresent()) {
            if (postmaster.isReady()) {
                return true;
            }
            if (System.nanoTime() - said >= patience.start().toNanos()) {
                said = System.nanoTime();
                patience.waits().run();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    private boolean isServer(ProcessHandle process) {
        String[] arguments = process.info().arguments().orElse(new String[0]);
        return process.info().command().orElse("").contains("/bin/postgres")
                && List.of(arguments).contains(directory.toString());
    }

    private void pgCtl(Duration most, String... arguments) throws IOException {
        var all = new ArrayList<String>(List.of("--pgdata=" + directory, "--wait"));
        all.add("--timeout=" + most.toSeconds());
        all.addAll(List.of(arguments));
        binaries.run("pg_ctl", all, "");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String settings() throws IOException {
        try (InputStream resource = PostgresCluster.class.getResourceAsStream("postgresql.conf")) {
            if (resource == null) {
                throw new IllegalStateException("postgresql.conf is not on the class path");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
