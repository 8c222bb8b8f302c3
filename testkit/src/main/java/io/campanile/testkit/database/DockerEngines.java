package io.campanile.testkit.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// Whether asking Testcontainers for a Docker engine can be worth it. Where there is none, its
/// answer takes each JVM one and a half seconds of the processor.
final class DockerEngines {
    private static final String SOCKET = "docker.sock";

    private DockerEngines() {}

    /// False where Testcontainers finds nothing to ask, but for engines without root where
    /// `XDG_RUNTIME_DIR` is not set, and those of Windows: there `DOCKER_HOST` has to name them.
    static boolean mayBeThere() {
        return mayBeThere(System.getenv(), Path.of(System.getProperty("user.home")), Path.of("/"));
    }

    /// @param root of the file system
    static boolean mayBeThere(Map<String, String> environment, Path home, Path root) {
        Path varRun = root.resolve("var/run");
        Path run = Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", varRun.toString()));
        Path docker = home.resolve(".docker");
        return environment.containsKey("DOCKER_HOST")
                || Stream.of(
                                varRun.resolve(SOCKET),
                                run.resolve(SOCKET),
                                docker.resolve("run").resolve(SOCKET),
                                docker.resolve("desktop").resolve(SOCKET),
                                home.resolve(".testcontainers.properties"))
                        .anyMatch(Files::exists);
    }
}
