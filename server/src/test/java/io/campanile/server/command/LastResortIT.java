package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.concurrent.TimeUnit.SECONDS;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

class LastResortIT {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void endsTheProcessWhenAThreadEndsByAnError(String kind) throws Exception {
        Path log = folder.resolve("log");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                EndingThread.class.getName(),
                                kind)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(60, SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(LastResort.EXIT_CODE);
        assertThat(Files.readString(log))
                .contains("the process ends, because a thread did thread=a-loop")
                .contains("java.lang.StackOverflowError")
                .doesNotContain("ada@example.com");
    }
}
