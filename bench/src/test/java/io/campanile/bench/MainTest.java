package io.campanile.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

class MainTest {
    private static final Pattern COMMAND =
            Pattern.compile("\\./campanile bench ([a-z]+)([^`'\\n]*)");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    @Test
    void saysInOneSentenceWhatItDidNotUnderstand() {
        var err = new StringWriter();
        CommandLine bench = Main.commandLine().setErr(new PrintWriter(err, true));

        assertThat(bench.execute("accept", "--qiuck")).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "Unknown option: '--qiuck'; './campanile bench accept --help' says how it"
                                + " is used");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broadcast --members=10000,500",
                "broadcast --members=9",
                "broadcast --warm-up=11",
                "lanes --window=0",
                "lanes --codes=50 --seconds=2001",
                "lanes --members=0"
            })
    void refusesFiguresThatMakeNoSense(String arguments) {
        var err = new StringWriter();
        CommandLine bench = Main.commandLine().setErr(new PrintWriter(err, true));

        assertThat(bench.execute(arguments.split(" "))).isEqualTo(2);

        assertThat(err.toString()).contains("takes", "--help");
    }

    @Test
    void hasEveryCommandAndOptionThatTheReadmeNames() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        CommandLine bench = Main.commandLine();

        assertThat(COMMAND.matcher(readme).results().toList())
                .isNotEmpty()
                .allSatisfy(named -> {
                    CommandLine command = bench.getSubcommands().get(named.group(1));
                    assertThat(command).as(named.group(1)).isNotNull();
                    assertThat(OPTION.matcher(named.group(2)).results().map(MatchResult::group))
                            .allMatch(option -> has(command, option));
                });
    }

    private static boolean has(@Nullable CommandLine command, String option) {
        return command != null && command.getCommandSpec().findOption(option) != null;
    }
}
