package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.campanile.server.command.Campanile;
import io.campanile.server.settings.SettingsInvalid;
import io.campanile.server.testing.NodeSettings;
import io.campanile.testkit.smtp.ScriptedSmtpServer;
import io.campanile.testkit.smtp.SmtpServerOptions;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The keys that secrets are encrypted with: another takes the place of one, and nodes that do not
/// have those of the database do not start.
class SecretKeysIT extends SecretKeysScene {
    private static final String PASSWORD = "correct horse";

    @Test
    void areReplacedWithoutGivingAPasswordAgain() throws Exception {
        try (var relay =
                ScriptedSmtpServer.start(SmtpServerOptions.OPEN.signedInAs("shop", PASSWORD))) {
            try (Node node = start("one", keys(A, ""))) {
                goLive(node, relay.port());
                trigger(node, "before");
                assertThat(relay.awaitMails(1, PATIENCE)).hasSize(1);
            }
            assertThatExceptionOfType(SettingsInvalid.class)
                    .isThrownBy(() -> start("one", keys(B, "")).close())
                    .withMessageContaining("the key a,")
                    .withMessageContaining("CAMPANILE_SECRET_KEY")
                    .withMessageContaining("CAMPANILE_OLD_SECRET_KEYS")
                    .withMessageNotContaining(base64(2));
            try (Node node = start("one", keys(B, A))) {
                trigger(node, "meanwhile");
                assertThat(relay.awaitMails(2, PATIENCE)).hasSize(2);
                awaitOnlyKey("b");
            }
            assertThat(texts("SELECT DISTINCT secret_key_id FROM channel_configuration"))
                    .containsExactly("b");
            assertThat(texts("SELECT DISTINCT key_id FROM kept_key")).containsExactly("b");
            try (Node node = start("one", keys(B, ""))) {
                trigger(node, "after");
                assertThat(relay.awaitMails(3, PATIENCE)).hasSize(3);
            }
        }
    }

    @Test
    void differentOnesOfTheSameNameKeepANodeFromStarting() throws IOException {
        start("one", Map.of()).close();
        Path folderOfTwo = Files.createDirectories(folder.resolve("two"));
        Files.writeString(folderOfTwo.resolve("secret.key"), "generated:" + base64(3));

        assertThatExceptionOfType(SettingsInvalid.class)
                .isThrownBy(() -> start("two", Map.of()).close())
                .withMessageContaining("another key named generated")
                .withMessageContaining("CAMPANILE_SECRET_KEY")
                .withMessageNotContaining(base64(3));
    }

    @Test
    void lostOnesAreGivenUp() throws Exception {
        try (Node node = start("one", keys(A, ""))) {
            goLive(node, 1);
            trigger(node, "in-vain", "{\"code\": \"4711\"}");
            assertThat(texts("SELECT key_id FROM message_secret")).containsExactly("a");
            call(
                    node,
                    "CreateSuppression",
                    """
                    {"parent": "%s", "suppression": {"target": "%064d@erased.invalid"}}
                    """
                            .formatted(PARENT, 0));
        }
        assertThatExceptionOfType(SettingsInvalid.class)
                .isThrownBy(() -> start("one", keys(B, "")).close())
                .withMessageContaining("--give-up-secret-key a");

        assertThat(migrate("--give-up-secret-key=z")).contains("no secret key z, only [a]");
        assertThat(migrate("--give-up-secret-key=a")).contains("--forget-erased-refusals");
        assertThat(texts("SELECT DISTINCT key_id FROM kept_key")).containsExactly("a");
        assertThat(migrate("--give-up-secret-key=a", "--forget-erased-refusals"))
                .contains("Unsubscribe links and questions for consent that were sent work no more")
                .contains("Set the password anew of " + PARENT + "/channelConfigurations/mail")
                .contains("1 open messages lost their sensitive data: they have failed");
        assertThat(texts("SELECT state || ' ' || reason FROM message_state"))
                .containsExactly("FAILED RENDERING_FAILED");
        assertThat(texts("SELECT key_id FROM message_secret")).isEmpty();

        start("one", keys(B, "")).close();
        assertThat(texts("SELECT DISTINCT key_id FROM kept_key")).containsExactly("b");
        assertThat(texts("SELECT key_id FROM secret_key")).containsExactly("b");
    }

    /// What the command says, on both streams.
    private String migrate(String... options) throws IOException {
        var properties = new Properties();
        properties.putAll(NodeSettings.of(database, folder.resolve("one"), Map.of()));
        Path file = folder.resolve("campanile.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        var said = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("migrate", "--config-file=" + file));
        arguments.addAll(List.of(options));
        Campanile.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(arguments.toArray(String[]::new));
        return said.toString();
    }

    @Test
    void lostOnesAreNamedWhereNoneIsLeft() throws IOException {
        start("one", keys(A, "")).close();

        assertThatExceptionOfType(SettingsInvalid.class)
                .isThrownBy(() -> start("elsewhere", Map.of()).close())
                .withMessageContaining("The secret key a of this database is neither")
                .withMessageContaining("--give-up-secret-key ID");
    }

    @Test
    void damagedOnesAreNamedByTheirFile() throws IOException {
        start("one", Map.of()).close();
        Path file = folder.resolve("one").resolve("secret.key");
        String key = Files.readString(file);
        for (String damaged : List.of("", key.substring(0, 20))) {
            Files.writeString(file, damaged);

            assertThatIllegalStateException()
                    .isThrownBy(() -> start("one", Map.of()).close())
                    .withMessageContaining(file.toString())
                    .withMessageNotContaining("IllegalArgumentException");
        }
    }

    @Test
    void ofTwoFirstNodesAtOnceWithoutASettingOneStarts() throws Exception {
        var go = new CountDownLatch(1);
        List<Future<Boolean>> nodes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String data : List.of("one", "two")) {
                nodes.add(threads.submit(() -> starts(go, data)));
            }
            go.countDown();
        }

        List<Boolean> started = new ArrayList<>();
        for (Future<Boolean> node : nodes) {
            started.add(node.get());
        }
        assertThat(started).containsExactlyInAnyOrder(true, false);
        // The other one may be given the key of the one that started.
        String loser = started.getFirst() ? "two" : "one";
        String winner = started.getFirst() ? "one" : "two";
        assertThat(folder.resolve(loser).resolve("secret.key")).doesNotExist();
        String key = Files.readString(folder.resolve(winner).resolve("secret.key")).strip();
        start(loser, Map.of("CAMPANILE_SECRET_KEY", key)).close();
    }

    /// Whether it does; a node that does not says which setting to set.
    private boolean starts(CountDownLatch go, String data) throws Exception {
        go.await();
        try {
            start(data, Map.of()).close();
            return true;
        } catch (SettingsInvalid e) {
            assertThat(e).hasMessageContaining("CAMPANILE_SECRET_KEY");
            return false;
        }
    }

    private static void goLive(Node node, int port) throws IOException {
        call(
                node,
                "CreateChannelConfiguration",
                """
                {"parent": "%s", "channelConfigurationId": "mail", "channelConfiguration": {
                  "displayName": "Mail", "channel": "CHANNEL_EMAIL", "category": "CATEGORY_TRANSACTIONAL",
                  "email": {"fromAddress": "shop@example.com"},
                  "smtp": {"host": "127.0.0.1", "port": %d, "security": "SECURITY_PLAINTEXT",
                    "username": "shop", "password": "%s"}}}
                """
                        .formatted(PARENT, port, PASSWORD));
        call(node, "ActivateChannelConfiguration", named("channelConfigurations/mail"));
        call(
                node,
                "CreateCampaign",
                """
                {"parent": "%1$s", "campaignId": "receipts", "campaign": {"draft": {
                  "displayName": "Receipts", "category": "CATEGORY_TRANSACTIONAL",
                  "channelConfiguration": "%1$s/channelConfigurations/mail",
                  "content": {"email": {"subject": "Receipt", "text": "Thank you"}},
                  "declaredFields": [{"path": "context.code", "sensitive": true}]}}}
                """
                        .formatted(PARENT));
        call(node, "ActivateCampaign", named("campaigns/receipts"));
    }

    private static void trigger(Node node, String requestId) throws IOException {
        trigger(node, requestId, "{}");
    }

    private static void trigger(Node node, String requestId, String context) throws IOException {
        trigger(node, "receipts", requestId, context);
    }
}
