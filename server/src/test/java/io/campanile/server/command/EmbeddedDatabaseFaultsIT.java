package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.testing.ServerProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A server on the PostgreSQL it brings along, in bad weather.
class EmbeddedDatabaseFaultsIT {
    @TempDir private Path parent;

    @Test
    void endsToBeStartedAgainWhenItsPostgresDies() throws IOException {
        Path folder = parent.resolve("data");
        try (var server = ServerProcess.start(folder, Map.of())) {
            ProcessHandle.of(postmaster(folder)).orElseThrow().destroyForcibly();

            assertThat(server.exitCode()).isEqualTo(LastResort.EXIT_CODE);
            assertThat(server.log()).contains("the embedded PostgreSQL ended, and nobody stopped");
        }
        try (var again = ServerProcess.start(folder, Map.of())) {
            assertThat(again.terminate()).isZero();
        }
    }

    private static long postmaster(Path folder) throws IOException {
        Path pidFile = folder.resolve("postgres/postmaster.pid");
        return Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    }
}
