package io.campanile.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.command.Campanile;
import io.campanile.server.settings.Setting;
import io.campanile.server.testing.ServerProcess;
import io.campanile.testkit.smtp.ScriptedSmtpServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import picocli.CommandLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the README tells people to type works. A comment in front of a block of shell says how it
/// is tried; a block without one fails the test. Replaced are the port of the API and the data
/// folder (by the environment), the port of the relay (in the text), and the launcher by one that
/// builds nothing; that has a test of its own. Commands in running text are only looked up.
class ReadmeIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TABLE =
            Pattern.compile("<!-- settings: .+? -->\\n((?:\\|.*\\n)+)");
    private static final Pattern ANSWER_TIME =
            Pattern.compile("\"requestId\".*?\"createTime\": \"(.+?)\"", Pattern.DOTALL);
    private static final Pattern COMMAND =
            Pattern.compile("\\./campanile ([a-z]+(?:-[a-z]+)*)[^`'\\n]*");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    private static final Pattern ONCE_MORE =
            Pattern.compile("^\\./campanile call TriggerCampaign .*'$", Pattern.MULTILINE);
    private static final String README = "README.md";
    private static final String UNTIL = "runs until: ";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    @Test
    void saysOfEachCommandHowItIsTried() {
        assertThat(blocks())
                .extracting(ShellBlock::mark)
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
            Shell shell = Shell.of(folder, data, server.grpcPort());
            String said = "";
            for (ShellBlock block : marked("runs")) {
                String script = block.text().replace("\"port\": 1025", "\"port\": " + relay.port());
                said = shell.run(script);
            }
            String repeated = shell.run(marked("runs").getLast().text());

            assertThat(relay.awaitMails(1, PATIENCE)).hasSize(1);
            assertThat(relay.mails().getFirst().text()).contains("Hello Ada").contains("4711");
            assertThat(said).contains("STATE_SENT", "\"duplicate\": false");
            assertThat(repeated).contains("\"duplicate\": true");
            assertThat(answerTime(repeated)).isEqualTo(answerTime(said));
        }
    }

    @Test
    void showsTheDemo() throws IOException, InterruptedException {
        for (ShellBlock block : blocks()) {
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
        String line = demo.await(ONCE_MORE).group();

        assertThat(new Shell(folder, Map.of()).run(line)).contains("\"accepted\"");
        demo.await(Pattern.compile("To: you@example\\.com\\R.*\\R *Subject: Order Y-1004"));
    }

    @Test
    void namesTheTestCommandThatIsRunBeforeAMerge() throws IOException {
        // -B only keeps colours and progress bars out of a log.
        assertThat(Files.readString(ROOT.resolve(".ci/run")).replace("mvn -B ", "mvn "))
                .containsPattern("(?m)^" + Pattern.quote(only("as in .ci/run").text()) + "$");
    }

    @Test
    void listsEverySettingAsItIs() {
        assertThat(TABLE.matcher(ShellBlock.text(README)).results().map(found -> found.group(1)))
                .containsExactly(settingsTable());
    }

    /// Also in the guides. Those of `bench` are looked up by a test of that module.
    @ParameterizedTest
    @MethodSource("pages")
    void namesOnlyCommandsAndOptionsThatExist(String page) {
        CommandLine root = Campanile.commandLine();
        for (MatchResult named : COMMAND.matcher(ShellBlock.text(page)).results().toList()) {
            String name = named.group(1);
            if (!name.equals("bench")) {
                CommandLine command = root.getSubcommands().get(name);
                assertThat(command).as(name).isNotNull();
                assertThat(OPTION.matcher(named.group()).results().map(MatchResult::group))
                        .allMatch(option -> has(command, option));
            }
        }
    }

    private static List<String> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md"),
                            docs.map(page -> "docs/" + page.getFileName())
                                    .filter(page -> page.endsWith(".md")))
                    .toList();
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

    private static List<ShellBlock> blocks() {
        return ShellBlock.of(README);
    }

    private static List<ShellBlock> marked(String mark) {
        return ShellBlock.of(README, mark);
    }

    private static ShellBlock only(String mark) {
        List<ShellBlock> found = marked(mark);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
