package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.server.Secret;
import io.campanile.server.call.ApiClient;
import io.campanile.server.call.ApiMethods;
import io.campanile.server.settings.SettingsReader;
import io.campanile.server.testing.MigratedDatabase;
import io.campanile.server.testing.NodeSettings;
import io.campanile.testkit.database.PostgresExtension;
import io.campanile.testkit.database.TestDatabase;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Nodes with secret keys on a database of their own.
abstract class SecretKeysScene {
    protected static final Duration PATIENCE = Duration.ofMinutes(1);
    protected static final String PARENT = "workspaces/default";
    private static final String OWNER = "cmp_keys-keys-keys-keys-keys-keys-keys-keys-keys";
    protected static final String A = "a:" + base64(1);
    protected static final String B = "b:" + base64(2);

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(MigratedDatabase.TEMPLATE);

    @TempDir protected Path folder;
    protected final TestDatabase database = POSTGRES.freshDatabase();

    protected static String base64(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) number;
        return Base64.getEncoder().encodeToString(key);
    }

    protected Node start(String data, Map<String, String> more) throws IOException {
        return Node.start(
                SettingsReader.read(
                        Map.of(), NodeSettings.of(database, folder.resolve(data), more)));
    }

    protected static Map<String, String> keys(String current, String former) {
        return former.isEmpty()
                ? Map.of("CAMPANILE_OWNER_KEY", OWNER, "CAMPANILE_SECRET_KEY", current)
                : Map.of(
                        "CAMPANILE_OWNER_KEY",
                        OWNER,
                        "CAMPANILE_SECRET_KEY",
                        current,
                        "CAMPANILE_OLD_SECRET_KEYS",
                        former);
    }

    protected static void trigger(Node node, String campaign, String requestId, String context)
            throws IOException {
        call(
                node,
                "TriggerCampaign",
                """
                {"campaign": "%s/campaigns/%s", "requestId": "%s",
                 "recipients": [{"identity": {"namespace": "email", "value": "ada@example.com"}, "context": %s}]}
                """
                        .formatted(PARENT, campaign, requestId, context));
    }

    protected static String named(String name) {
        return "{\"name\": \"%s/%s\"}".formatted(PARENT, name);
    }

    /// The answer.
    protected static String call(Node node, String method, String json) throws IOException {
        var answer = new StringBuilder();
        String server = "127.0.0.1:" + node.grpcPort().orElseThrow();
        try (ApiClient api = ApiClient.plaintext(server, Optional.of(new Secret(OWNER)))) {
            api.call(ApiMethods.find(method), json, PATIENCE, answer::append);
        }
        return answer.toString();
    }

    protected void awaitOnlyKey(String keyId) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!texts("SELECT key_id FROM secret_key").equals(List.of(keyId))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    protected List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
