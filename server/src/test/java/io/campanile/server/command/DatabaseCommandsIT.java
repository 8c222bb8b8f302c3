package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.server.node.Node;
import io.campanile.server.settings.SettingsReader;
import io.campanile.server.testing.NodeSettings;
import io.campanile.testkit.database.PostgresExtension;
import io.campanile.testkit.database.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/// What commands do with a database that was set.
class DatabaseCommandsIT {
    @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final String TOO_OLD =
            "The database's schema lacks \\d+ changes: run './campanile migrate' first";

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final TestDatabase database = POSTGRES.database();

    @Test
    void bringsAnEmptySchemaUpToDateWhenAskedTo() throws IOException {
        var environment =
                NodeSettings.of(
                        database, folder.resolve("data"), Map.of("CAMPANILE_MIGRATE", "false"));
        assertThatThrownBy(() -> Node.start(SettingsReader.read(Map.of(), environment)))
                .hasMessageMatching(TOO_OLD);
        assertThat(execute("audit", Map.of())).isEqualTo(1);
        assertThat(err.toString().strip()).matches(TOO_OLD);

        assertThat(execute("migrate", Map.of())).isZero();
        assertThat(execute("migrate", Map.of())).isZero();
        assertThat(execute("audit", Map.of())).isZero();

        assertThat(out.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).matches("Applied \\d+ changes; .+ up to date\\."),
                        line -> assertThat(line).isEqualTo("The schema is up to date."),
                        line -> assertThat(line).isEqualTo("All is well."));
        try (Node node = Node.start(SettingsReader.read(Map.of(), environment))) {
            assertThat(node.grpcPort()).isPresent();
        }
    }

    @Test
    void namesTheSettingThatIsWrong() throws IOException {
        String url = database.jdbcUrl();
        execute("audit", Map.of("CAMPANILE_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none"));
        execute("audit", Map.of("CAMPANILE_DATABASE_URL", url.replace(database.name(), "none")));
        // The tests' server takes every password, but not every user.
        assertThat(execute("migrate", Map.of("CAMPANILE_DATABASE_USER", "nobody"))).isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly(
                        "Cannot reach the database that CAMPANILE_DATABASE_URL names",
                        "The server that CAMPANILE_DATABASE_URL names has no such database",
                        "Cannot sign in to the database that CAMPANILE_DATABASE_URL names: check"
                                + " CAMPANILE_DATABASE_USER and CAMPANILE_DATABASE_PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://app:hunter2@127.0.0.1/none",
                "jdbc:postgresql://127.0.0.1:hunter2/none",
                "jdbc:postgresql://127.0.0.1:1:2/none?ApplicationName=hunter2"
            })
    void showsNothingOfAUrlThatCannotBeUsed(String url) throws IOException {
        assertThat(execute("audit", Map.of("CAMPANILE_DATABASE_URL", url))).isNotZero();

        assertThat(err.toString())
                .contains("CAMPANILE_DATABASE_URL")
                .doesNotContain("hunter2")
                .hasLineCount(1);
    }

    /// Passwords have no flags, so the settings come from a file.
    private int execute(String command, Map<String, String> more) throws IOException {
        var settings = new HashMap<>(NodeSettings.of(database, folder.resolve("data"), more));
        var properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve("campanile.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return Campanile.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(command, "--config-file=" + file);
    }
}
