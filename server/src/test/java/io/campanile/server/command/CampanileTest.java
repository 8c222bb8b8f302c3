package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.campanile.server.call.ApiMethods;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

class CampanileTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call",
                "status",
                "suppressions",
                "allowed",
                "migrate",
                "audit",
                "admit-owner"
            })
    void helpsWithEveryCommand(String command) {
        assertThat(execute(command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: campanile " + command);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void listsEveryMethodInTheHelpOfCall() {
        assertThat(execute("call", "--help")).isZero();
        assertThat(out.toString()).contains(ApiMethods.names());
    }

    @Test
    void listsEverySettingInTheHelpOfServe() {
        assertThat(execute("migrate", "--help")).isZero();
        assertThat(out.toString()).contains("--grpc-port").contains("CAMPANILE_OWNER_KEY");
    }

    @Test
    void saysInOneSentenceWhatItDidNotUnderstand() {
        assertThat(execute()).isEqualTo(2);
        assertThat(execute("migrate", "--grcp-port=1")).isEqualTo(2);
        assertThat(execute("call")).isEqualTo(2);

        assertThat(err.toString().lines())
                .containsExactly(
                        "Say what to do; './campanile --help' says how it is used",
                        "Unknown option: '--grcp-port=1'; './campanile migrate --help' says how it"
                                + " is used",
                        "Missing required parameter: 'METHOD'; './campanile call --help' says how"
                                + " it is used");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesAnArgumentThatTheLocaleLost() {
        assertThat(execute("call", "TriggerCampaign", "{\"note\": \"Zo\uFFFD\"}")).isEqualTo(2);
        assertThat(err.toString()).startsWith("An argument is not in the encoding of the locale");
    }

    @Test
    void auditsForOneFindingAtLeast() {
        assertThat(execute("audit", "--limit=0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--limit must be 1 or more");
    }

    @Test
    void waitsForACallForASecondAtLeast() {
        assertThat(execute("call", "GetCampaign", "--timeout=0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--timeout must be 1 or more");
    }

    @Test
    void letsAnOwnerIntoAWorkspaceThatIsNamed() {
        assertThat(execute("admit-owner", "--key-file=owner.key")).isEqualTo(2);
        assertThat(execute("admit-owner", "--key-file=owner.key", "--workspace=Shop")).isEqualTo(2);
        assertThat(err.toString().lines().toList())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .startsWith("Missing required option: '--workspace"),
                        line -> assertThat(line).startsWith("--workspace must be an id"));
    }

    @Test
    void makesNoDatabaseToAudit(@TempDir Path folder) {
        assertThat(execute("audit", "--data-dir=" + folder)).isEqualTo(1);
        assertThat(err.toString()).startsWith("There is no database in " + folder);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void suggestsTheMethodThatWasMeant() {
        assertThat(execute("call", "TrigerCampaign")).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "TrigerCampaign is not a method of the API: did you mean TriggerCampaign?");
    }

    @Test
    void refusesARequestThatIsNotJsonOrNotTheMethods() {
        assertThat(execute("call", "GetCampaign", "{name}x")).isEqualTo(2);
        assertThat(execute("call", "GetCampaign", "{\"nmae\": \"x\"}")).isEqualTo(2);
        assertThat(execute("call", "GetCampaign", "@/does/not/exist")).isEqualTo(2);
        assertThat(err.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("the request is not JSON: "),
                        line ->
                                assertThat(line)
                                        .startsWith("the request is not a GetCampaignRequest: ")
                                        .contains("nmae"),
                        line -> assertThat(line).isEqualTo("/does/not/exist cannot be read"));
    }

    @Test
    void takesTheRequestFromAFileOrFromStandardInput(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("request.json"), "{\"nmae\": \"x y\"}");

        misuseByFileAndByStandardInput(file, "{\"naem\": \"x\"}".getBytes(UTF_8));

        assertThat(err.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).contains("not a GetCampaignRequest", "nmae"),
                        line -> assertThat(line).contains("not a GetCampaignRequest", "naem"));
    }

    @Test
    void takesNoLettersOfAnotherEncodingForOthers(@TempDir Path folder) throws IOException {
        byte[] latin = "{\"name\": \"Zoë\"}".getBytes(ISO_8859_1);
        Path file = Files.write(folder.resolve("request.json"), latin);

        misuseByFileAndByStandardInput(file, latin);

        assertThat(err.toString().lines().toList())
                .containsExactly(file + " is not written in UTF-8", "- is not written in UTF-8");
    }

    private void misuseByFileAndByStandardInput(Path file, byte[] input) {
        InputStream stdin = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            assertThat(execute("call", "GetCampaign", "@" + file)).isEqualTo(2);
            assertThat(execute("call", "GetCampaign", "@-")).isEqualTo(2);
        } finally {
            System.setIn(stdin);
        }
    }

    @Test
    void failsWhenNobodyAnswers() {
        assertThat(
                        execute(
                                "call",
                                "ListCampaigns",
                                "{\"parent\": \"workspaces/default\"}",
                                "--server=127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("UNAVAILABLE");
    }

    @Test
    void namesBadSettingsBeforeAnythingStarts() {
        assertThat(execute("migrate", "--grpc-port=x", "--role=y")).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "CAMPANILE_ROLE must be one of all, api, delivery; CAMPANILE_GRPC_PORT must"
                                + " be a whole number from 0 to 65535");
    }

    private int execute(String... arguments) {
        return Campanile.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
