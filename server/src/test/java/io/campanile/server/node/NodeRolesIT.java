package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.server.Secret;
import io.campanile.server.call.ApiClient;
import io.campanile.server.call.ApiMethods;
import io.campanile.server.settings.SettingsInvalid;
import io.campanile.server.settings.SettingsReader;
import io.campanile.server.testing.MigratedDatabase;
import io.campanile.server.testing.NodeSettings;
import io.campanile.testkit.database.PostgresExtension;
import io.campanile.testkit.smtp.ScriptedSmtpServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Nodes that share a database: one answers calls only, others come and go.
class NodeRolesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PARENT = "workspaces/default";

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(MigratedDatabase.TEMPLATE);

    @TempDir private static Path data;
    private static ScriptedSmtpServer relay;
    private static Node apiNode;
    private static ApiClient api;

    @BeforeAll
    static void startTheNodeThatAnswersCalls() throws IOException {
        relay = ScriptedSmtpServer.start();
        apiNode = start(Map.of("CAMPANILE_ROLE", "api"));
        String key = Files.readString(data.resolve("owner.key")).strip();
        String server = "127.0.0.1:" + apiNode.grpcPort().orElseThrow();
        api = ApiClient.plaintext(server, Optional.of(new Secret(key)));
        goLive();
    }

    @AfterAll
    static void stop() {
        api.close();
        apiNode.close();
        relay.close();
    }

    @Test
    void handsNothingOverWhenItCannotListen() throws IOException, SQLException {
        trigger("kept");
        int before = relay.connectionsAccepted();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThatThrownBy(() -> start(Map.of("CAMPANILE_GRPC_PORT", port)))
                    .isInstanceOf(IOException.class);
        }

        assertThat(relay.connectionsAccepted()).isEqualTo(before);
        assertThat(count("message_state WHERE state = 'SENDING'")).isZero();
        assertThat(count("message_queue WHERE owner IS NOT NULL")).isZero();
        assertThat(count("message_queue")).isPositive();
    }

    @Test
    void deliversWithoutAPortWhatAnotherNodeAccepted() throws IOException, InterruptedException {
        trigger("delivered");

        try (Node delivery = start(Map.of("CAMPANILE_ROLE", "delivery"))) {
            assertThat(delivery.grpcPort()).isEmpty();
            assertThat(relay.awaitMails(1, PATIENCE)).isNotEmpty();
        }
    }

    @Test
    void saysThatItsAddressIsUnknown() {
        assertThatThrownBy(() -> start(Map.of("CAMPANILE_GRPC_ADDRESS", "nowhere.invalid")))
                .isInstanceOf(IOException.class)
                .hasMessage("no address is known for that name");
    }

    @Test
    void letsInByTheOwnerKeyThatIsSetAtALaterStart() throws IOException {
        String owner = "cmp_later-later-later-later-later-later-later-later";

        try (Node node = start(Map.of("CAMPANILE_OWNER_KEY", owner));
                ApiClient client =
                        ApiClient.plaintext(
                                "127.0.0.1:" + node.grpcPort().orElseThrow(),
                                Optional.of(new Secret(owner)))) {
            client.call(
                    ApiMethods.find("ListApiKeys"),
                    "{\"parent\": \"%s\", \"pageSize\": 1}".formatted(PARENT),
                    PATIENCE,
                    answer ->
                            call("RevokeApiKey", "{\"name\": \"%s\"}".formatted(keyNamed(answer))));
        }
        assertThatExceptionOfType(SettingsInvalid.class)
                .isThrownBy(() -> start(Map.of("CAMPANILE_OWNER_KEY", owner)).close())
                .withMessageContaining("CAMPANILE_OWNER_KEY was revoked")
                .withMessageNotContaining("later-later");
    }

    private static String keyNamed(String answer) {
        return answer.replaceFirst("(?s).*\"name\": \"(.+?)\".*", "$1");
    }

    private static Node start(Map<String, String> more) throws IOException {
        var environment = new HashMap<>(NodeSettings.of(POSTGRES.database(), data, more));
        return Node.start(SettingsReader.read(Map.of(), environment));
    }

    private static void goLive() {
        call(
                "CreateChannelConfiguration",
                """
                {"parent": "%s", "channelConfigurationId": "mail", "channelConfiguration": {
                  "displayName": "Mail", "channel": "CHANNEL_EMAIL", "category": "CATEGORY_TRANSACTIONAL",
                  "email": {"fromAddress": "shop@example.com"},
                  "smtp": {"host": "127.0.0.1", "port": %d, "security": "SECURITY_PLAINTEXT"}}}
                """
                        .formatted(PARENT, relay.port()));
        call("ActivateChannelConfiguration", named("channelConfigurations/mail"));
        call(
                "CreateCampaign",
                """
                {"parent": "%1$s", "campaignId": "receipts", "campaign": {"draft": {
                  "displayName": "Receipts", "category": "CATEGORY_TRANSACTIONAL",
                  "channelConfiguration": "%1$s/channelConfigurations/mail",
                  "content": {"email": {"subject": "Receipt", "text": "Thank you"}}}}}
                """
                        .formatted(PARENT));
        call("ActivateCampaign", named("campaigns/receipts"));
    }

    private static void trigger(String requestId) {
        call(
                "TriggerCampaign",
                """
                {"campaign": "%s/campaigns/receipts", "requestId": "%s",
                 "recipients": [{"identity": {"namespace": "email", "value": "ada@example.com"}}]}
                """
                        .formatted(PARENT, requestId));
    }

    private static String named(String name) {
        return "{\"name\": \"%s/%s\"}".formatted(PARENT, name);
    }

    private static void call(String method, String json) {
        api.call(ApiMethods.find(method), json, PATIENCE, _ -> {});
    }

    private static int count(String rows) throws SQLException {
        try (Connection connection = POSTGRES.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + rows)) {
            return row.next() ? row.getInt(1) : -1;
        }
    }
}
