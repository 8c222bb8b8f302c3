package io.campanile.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// A smoke run of each benchmark, with the server's jar of this build. How fast it is, is none of a
/// test's business, so that two run at once.
@Execution(ExecutionMode.CONCURRENT)
class BenchIT {
    /// For all of their processes: none of them lives long enough for more of a compiler.
    private static final String QUICK_TO_START = "-XX:TieredStopAtLevel=1";

    /// Those that see the same message come twice.
    private static final Set<String> SENDING =
            Set.of("accept", "deliver", "history", "broadcast", "lanes");

    @ParameterizedTest
    @ValueSource(
            strings = {"accept", "deliver", "history", "decide", "import", "broadcast", "lanes"})
    void losesAndDoublesNothingAndEndsWithItsFiguresAsJson(String bench) throws Exception {
        Path output = Files.createTempFile("bench-", ".log");
        try {
            var builder = new ProcessBuilder(command(bench)).redirectErrorStream(true);
            builder.environment().put("JAVA_TOOL_OPTIONS", QUICK_TO_START);
            Process process = builder.redirectOutput(output.toFile()).start();
            boolean ended = process.waitFor(10, TimeUnit.MINUTES);
            // Its shutdown hook ends the server and the others.
            process.destroy();
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            assertThat(ended).as(String.join("\n", lines)).isTrue();
            assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();

            JsonNode report = new ObjectMapper().readTree(lines.getLast());
            assertThat(report.properties())
                    .extracting(Map.Entry::getKey)
                    .contains(
                            "bench",
                            "mode",
                            "messages",
                            "seconds",
                            "accepted_per_s",
                            "handed_over_per_s",
                            "accept_p50_ms",
                            "accept_p99_ms",
                            "handover_p50_ms",
                            "handover_p99_ms",
                            "lost",
                            "duplicated",
                            "baselines",
                            "ratios",
                            "levels");
            assertThat(report.get("bench").asText()).isEqualTo(bench);
            assertThat(report.get("messages").asLong()).isPositive();
            assertThat(report.get("lost").isNull()).isEqualTo(bench.equals("decide"));
            assertThat(report.get("duplicated").isNull()).isEqualTo(!SENDING.contains(bench));
            assertThat(report.get("lost").asLong()).isZero();
            assertThat(report.get("duplicated").asLong()).isZero();
            if (bench.equals("decide")) {
                assertThat(report.at("/levels/0/excluded_ratio").asDouble()).isBetween(0.01, 0.99);
                assertThat(report.at("/levels/0/decide_with_rules_p50_ms").asDouble()).isPositive();
            }
            assertThat(report.get("ratios")).isNotEmpty();
        } finally {
            Files.delete(output);
        }
    }

    private static List<String> command(String bench) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.campanile.bench.Main",
                bench,
                "--quick",
                "--json");
    }
}
