package io.campanile.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class DockerEnginesTest {
    private static final String HOME = "home";

    @TempDir private Path root;

    @Test
    void asksNobodyWhereNoEngineCanBe() {
        assertThat(mayBeThere(Map.of())).isFalse();
    }

    @Test
    void asksWhereOneIsNamed() {
        assertThat(mayBeThere(Map.of("DOCKER_HOST", "tcp://192.0.2.1:2376"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var/run/docker.sock",
                "home/.docker/run/docker.sock",
                "home/.docker/desktop/docker.sock",
                "home/.testcontainers.properties"
            })
    void asksWhereThereIsASocketOrAChoice(String file) throws IOException {
        make(file);

        assertThat(mayBeThere(Map.of())).isTrue();
    }

    @Test
    void asksWhereAnEngineRunsWithoutRoot() throws IOException {
        make("run/user/1000/docker.sock");

        var session = Map.of("XDG_RUNTIME_DIR", root.resolve("run/user/1000").toString());
        assertThat(mayBeThere(session)).isTrue();
    }

    private boolean mayBeThere(Map<String, String> environment) {
        return DockerEngines.mayBeThere(environment, root.resolve(HOME), root);
    }

    private void make(String file) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.createFile(path);
    }
}
