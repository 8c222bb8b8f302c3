package io.campanile.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.testing.ServerProcess;
import io.campanile.testkit.smtp.ScriptedSmtpServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What the guides tell people to type works, one block after the other, where the README's first
/// trigger ends. Marked as those of the README, or with the reason that a block is refused for.
class GuideIT {
    private static final List<String> GUIDES = List.of("docs/triggers.md", "docs/campaigns.md");
    private static final String DEPLOYING = "docs/deploying.md";
    private static final List<String> PARTS =
            List.of("campanile-server.jar", "lib", "campanile-server.aot", "programs");
    private static final String RUNS = "runs";
    private static final String REFUSED = "refused: ";
    private static final Pattern OPTION = Pattern.compile("(?<= )-[^ \\n]+");
    private static final String CACHE = "-XX:AOTCache=";

    @TempDir private Path folder;

    @Test
    void saysOfEachCommandHowItIsTried() {
        assertThat(GUIDES)
                .flatMap(ShellBlock::of)
                .extracting(ShellBlock::mark)
                .allMatch(mark -> mark.equals(RUNS) || mark.startsWith(REFUSED));
    }

    @Test
    void doWhatTheySay() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        try (var relay = ScriptedSmtpServer.start();
                var server = ServerProcess.start(data, Map.of());
                var commands =
                        CommandPort.open(
                                List.of(
                                        "--server=127.0.0.1:" + server.grpcPort(),
                                        "--key-file=" + data.resolve("owner.key")))) {
            Shell shell = Shell.of(folder, commands);
            for (ShellBlock block : ShellBlock.of("README.md", RUNS)) {
                var _ = shell.run(block.text().replace(": 1025", ": " + relay.port()));
            }
            for (String guide : GUIDES) {
                for (ShellBlock block : ShellBlock.of(guide)) {
                    tryOut(block, shell);
                }
            }
        }
    }

    private static void tryOut(ShellBlock block, Shell shell)
            throws IOException, InterruptedException {
        if (block.mark().startsWith(REFUSED)) {
            assertThat(shell.fail(block.text())).contains(block.mark().substring(REFUSED.length()));
        } else {
            var _ = shell.run(block.text());
        }
    }

    /// With nothing but what the page says to copy, and nothing else of this folder.
    @Test
    void runsElsewhereThanItWasBuilt() throws IOException, InterruptedException {
        Path copy = Files.createDirectory(folder.resolve("opt"));
        for (String part : PARTS) {
            Files.createSymbolicLink(
                    copy.resolve(part), Path.of("target").toAbsolutePath().resolve(part));
        }
        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        Shell shell = new Shell(folder, Map.of("PATH", java + ":/usr/bin:/bin"));

        String said =
                shell.run(
                        ShellBlock.of(DEPLOYING)
                                .getFirst()
                                .text()
                                .replace("/opt/campanile", copy.toString())
                                .replaceFirst(" serve$", " demo --exit"));

        assertThat(said).contains("Everything went as promised.");
        for (String part : PARTS) {
            // JUnit would warn of links that lead out of its folder.
            Files.delete(copy.resolve(part));
        }
    }

    /// The launcher knows best which options a JVM needs.
    @Test
    void startsTheProgramAsTheLauncherDoes() {
        String launcher = ShellBlock.text("campanile");

        assertThat(options(ShellBlock.of(DEPLOYING).getFirst().text()))
                .isEqualTo(options(launcher.substring(launcher.indexOf("exec \"$jdk"))));
    }

    private static List<String> options(String command) {
        return OPTION.matcher(command)
                .results()
                .map(MatchResult::group)
                .map(option -> option.startsWith(CACHE) ? CACHE : option)
                .toList();
    }
}
