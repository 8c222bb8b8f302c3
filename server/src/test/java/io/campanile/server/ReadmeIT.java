package io.campanile.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.command.Campanile;
import io.campanile.server.settings.Setting;
import io.campanile.server.testing.ServerProcess;
import io.campanile.testkit.smtp.ScriptedSmtpServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the README tells people to type works. A comment in front of a block of shell says how it
/// is tried; a block without one fails the test. Replaced are the port of the API and the data
/// folder (by the environment), the port of the relay (in the text), and the launcher by one that
/// builds nothing; that has a test of its own. Commands in running text are only looked up.
class ReadmeIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- (.+?) -->\\n)?```sh\\n(.*?)\\n```", Pattern.DOTALL);
    private static final Pattern TABLE =
            Pattern.compile("<!-- settings: .+? -->\\n((?:\\|.*\\n)+)");
    private static final Pattern ANSWER_TIME =
            Pattern.compile("\"requestId\".*?\"createTime\": \"(.+?)\"", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("\\./campanile ([a-z]+)[^`'\\n]*");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    private static final Pattern ONCE_MORE =
            Pattern.compile("^\\./campanile call TriggerCampaign .*'$", Pattern.MULTILINE);
    private static final String UNTIL = "runs until: ";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    private record Block(String mark, String text) {}

    @Test
    void saysOfEachCommandHowItIsTried() throws IOException {
        assertThat(blocks())
                .extracting(Block::mark)
                .allMatch(mark ->
                        List.of("runs", "serves", "as in .ci/run").contains(mark)
                                || mark.startsWith(UNTIL));
    }

    @Test
    void sendsAMailByHand() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        String serve = only("serves").text().replace("./campanile ", "");
        try (var relay = ScriptedSmtpServer.start();
                var server = ServerProcess.launch(data, Map.of(), serve)) {
            installLauncher();
            int port = server.grpcPort();
            String said = "";
            for (Block block : marked("runs")) {
                String script = block.text().replace("\"port\": 1025", "\"port\": " + relay.port());
                said = run(script, data, port);
            }
            String repeated = run(marked("runs").getLast().text(), data, port);

            assertThat(relay.awaitMails(1, PATIENCE)).hasSize(1);
            assertThat(relay.mails().getFirst().text()).contains("Hello Ada").contains("4711");
            assertThat(said).contains("STATE_SENT").doesNotContain("duplicate");
            assertThat(repeated).contains("\"duplicate\": true");
            assertThat(answerTime(repeated)).isEqualTo(answerTime(said));
        }
    }

    @Test
    void showsTheDemo() throws IOException, InterruptedException {
        for (Block block : blocks()) {
            if (block.mark().startsWith(UNTIL)) {
                String last = block.mark().substring(UNTIL.length());
                String[] arguments = block.text().replace("./campanile ", "").split(" ");
                try (var demo = ServerProcess.launch(folder.resolve("demo"), Map.of(), arguments)) {
                    demo.await(Pattern.compile(Pattern.quote(last)));
                    assertThat(demo.log()).doesNotContain("level=INFO");
                    triggersOnceMore(demo);
                    demo.terminate();
                }
            }
        }
    }

    /// With nothing but what the line that the demo prints says itself.
    private void triggersOnceMore(ServerProcess demo) throws IOException, InterruptedException {
        installLauncher();
        String line = demo.await(ONCE_MORE).group();

        assertThat(run(line, Map.of())).contains("\"accepted\"");
        demo.await(Pattern.compile("To: you@example\\.com\\R.*\\R *Subject: Order Y-1004"));
    }

    @Test
    void namesTheTestCommandThatIsRunBeforeAMerge() throws IOException {
        // -B only keeps colours and progress bars out of a log.
        assertThat(Files.readString(ROOT.resolve(".ci/run")).replace("mvn -B ", "mvn "))
                .containsPattern("(?m)^" + Pattern.quote(only("as in .ci/run").text()) + "$");
    }

    @Test
    void listsEverySettingAsItIs() throws IOException {
        assertThat(TABLE.matcher(readme()).results().map(found -> found.group(1)))
                .containsExactly(settingsTable());
    }

    /// Those of `bench` are looked up by a test of that module.
    @Test
    void namesOnlyCommandsAndOptionsThatExist() throws IOException {
        CommandLine root = Campanile.commandLine();
        for (MatchResult named : COMMAND.matcher(readme()).results().toList()) {
            String name = named.group(1);
            if (!name.equals("bench")) {
                CommandLine command = root.getSubcommands().get(name);
                assertThat(command).as(name).isNotNull();
                assertThat(OPTION.matcher(named.group()).results().map(MatchResult::group))
                        .allMatch(option -> has(command, option));
            }
        }
    }

    private static boolean has(@Nullable CommandLine command, String option) {
        return command != null && command.getCommandSpec().findOption(option) != null;
    }

    private static String settingsTable() {
        var table = new StringBuilder("| setting | default | what | value |\n|---|---|---|---|\n");
        for (Setting<?> setting : Setting.ALL) {
            String fallback = setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`";
            table.append(
                    "| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    setting.name(),
                                    fallback,
                                    setting.description(),
                                    setting.formText()));
        }
        return table.toString();
    }

    private static String answerTime(String said) {
        Matcher time = ANSWER_TIME.matcher(said);
        assertThat(time.find()).as(said).isTrue();
        return time.group(1);
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static List<Block> blocks() throws IOException {
        return BLOCK.matcher(readme()).results().map(ReadmeIT::block).toList();
    }

    private static Block block(MatchResult found) {
        return new Block(found.group(1) == null ? "" : found.group(1), found.group(2));
    }

    private static List<Block> marked(String mark) throws IOException {
        return blocks().stream().filter(block -> block.mark().equals(mark)).toList();
    }

    private static Block only(String mark) throws IOException {
        List<Block> found = marked(mark);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /// A launcher that builds nothing.
    private void installLauncher() throws IOException {
        String command = String.join("' '", ServerProcess.command());
        Path launcher = folder.resolve("campanile");
        Files.writeString(launcher, "#!/bin/sh\nexec '" + command + "' \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    private String run(String script, Path data, int port)
            throws IOException, InterruptedException {
        return run(
                script,
                Map.of(
                        "CAMPANILE_DATA_DIR",
                        data.toString(),
                        "CAMPANILE_GRPC_PORT",
                        Integer.toString(port)));
    }

    private String run(String script, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script);
        builder.directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith(Setting.PREFIX));
        builder.environment().putAll(settings);
        Process shell = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        boolean ended = shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        shell.destroyForcibly();
        String output = Files.readString(said);
        assertThat(ended).as(output).isTrue();
        assertThat(shell.exitValue()).as(output).isZero();
        return output;
    }
}
