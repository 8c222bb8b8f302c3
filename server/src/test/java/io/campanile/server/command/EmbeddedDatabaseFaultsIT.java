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
    /// A locale that writes numbers in other digits than configuration files and URLs do.
    private static final Map<String, String> PERSIAN =
            Map.of("JAVA_TOOL_OPTIONS", "-Duser.language=fa -Duser.country=IR");

    @TempDir private Path parent;

    @Test
    void endsToBeStartedAgainWhenItsPostgresDies() throws IOException {
        Path folder = parent.resolve("data");
        try (var server = ServerProcess.start(folder, Map.of())) {
            ProcessHandle.of(postmaster(folder)).orElseThrow().destroyForcibly();

            assertThat(server.exitCode()).isEqualTo(LastResort.EXIT_CODE);
            assertThat(server.log())
                    .contains("the embedded PostgreSQL ended, and its node did not");
        }
        try (var again = ServerProcess.start(folder, Map.of())) {
            assertThat(again.terminate()).isZero();
        }
    }

    @Test
    void startsWhereNumbersHaveOtherDigits() throws IOException {
        try (var server = ServerProcess.start(parent.resolve("data"), PERSIAN)) {
            assertThat(server.terminate()).as(server.log()).isZero();
        }
    }

    private static long postmaster(Path folder) throws IOException {
        Path pidFile = folder.resolve("postgres/postmaster.pid");
        return Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    }
}
