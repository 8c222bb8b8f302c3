package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.testing.ServerProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Whoever is told to end while it starts leaves no PostgreSQL behind.
class StopWhileStartingIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path parent;

    @Test
    void aNodeStopsWhatItHasStarted() throws IOException {
        Path folder = parent.resolve("data");
        try (var server = ServerProcess.launch(folder, Map.of(), "serve")) {
            awaitPostgres(folder);

            assertThat(server.terminate()).as(server.log()).isZero();
            assertThat(postmaster(folder)).doesNotExist();
        }
    }

    @Test
    void aCommandStopsWhatItHasStarted() throws IOException {
        Path folder = parent.resolve("data");
        try (var migration = ServerProcess.launch(folder, Map.of(), "migrate")) {
            awaitPostgres(folder);

            assertThat(migration.terminate()).isNotZero();
            assertThat(postmaster(folder)).doesNotExist();
        }
    }

    /// It has begun, and nothing uses it yet.
    private static void awaitPostgres(Path folder) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(postmaster(folder))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static Path postmaster(Path folder) {
        return folder.resolve("postgres").resolve("postmaster.pid");
    }
}
