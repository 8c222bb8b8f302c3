package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.concurrent.TimeUnit.SECONDS;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class LastResortIT {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void endsTheProcessWhenAThreadEndsByAnError(String kind) throws Exception {
        assertThat(exitCode(kind)).isEqualTo(LastResort.EXIT_CODE);

        assertThat(Files.readString(folder.resolve("log")))
                .contains("the process ends, because a thread did thread=a-loop")
                .contains("java.lang.StackOverflowError")
                .doesNotContain("ada@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void letsAStopGoOnThatBeginsAtTheSameTime(String kind) throws Exception {
        assertThat(exitCode(kind, "stop")).isEqualTo(1);

        assertThat(Files.readString(folder.resolve("log")))
                .contains("the process ends, because a thread did thread=a-loop");
    }

    private int exitCode(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(EndingThread.class.getName());
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        try {
            assertThat(process.waitFor(60, SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue();
    }
}
