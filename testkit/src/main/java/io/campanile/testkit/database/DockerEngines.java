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

    /// False only where Testcontainers has nowhere to look.
    static boolean mayBeThere() {
        return mayBeThere(System.getenv(), Path.of(System.getProperty("user.home")), Path.of("/"));
    }

    /// @param root of the file system
    static boolean mayBeThere(Map<String, String> environment, Path home, Path root) {
        Path run = Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", root.toString()));
        Path docker = home.resolve(".docker");
        return environment.containsKey("DOCKER_HOST")
                || Stream.of(
                                root.resolve("var/run").resolve(SOCKET),
                                run.resolve(SOCKET),
                                docker.resolve("run").resolve(SOCKET),
                                docker.resolve("desktop").resolve(SOCKET),
                                home.resolve(".testcontainers.properties"))
                        .anyMatch(Files::exists);
    }
}
