package io.campanile.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campanile.domain.access.KeyHash;
import io.campanile.persistence.Database;
import io.campanile.persistence.Migrations;
import io.campanile.server.node.Node;
import io.campanile.server.node.NodeDatabase;
import io.campanile.server.settings.Settings;
import io.campanile.server.settings.SettingsReader;
import io.campanile.server.testing.MigratedDatabase;
import io.campanile.server.testing.NodeSettings;
import io.campanile.testkit.database.DatabaseTemplate;
import io.campanile.testkit.database.PostgresExtension;
import io.campanile.testkit.database.TestDatabase;

import org.jspecify.annotations.Nullable;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;

/// What commands do with a database that was set.
class DatabaseCommandsIT {
    @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

    /// What `migrate` leaves behind, for what is not about migrating.
    @RegisterExtension
    static final PostgresExtension MIGRATED =
            new PostgresExtension(new DatabaseTemplate(DatabaseCommandsIT::migrate));

    private static final String TOO_OLD =
            "The database's schema lacks \\d+ changes: run './campanile migrate' first";

    private static final String WHERE = "Data in the database that CAMPANILE_DATABASE_URL names";

    private static final Map<String, String> NOT_MIGRATED = Map.of("CAMPANILE_MIGRATE", "false");

    private static final String FAST_CLOCK =
            """
            CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql
              AS 'SELECT pg_catalog.clock_timestamp() + make_interval(mins => 6)';
            """;

    private static final String MISCOUNTED =
            """
            WITH owner AS (
              INSERT INTO workspace (workspace_id, display_name, create_time, emails_when_unset, allowed_list_on)
              VALUES ('shop', '', now(), false, false)
              RETURNING workspace_id
            )
            INSERT INTO audience (audience_id, workspace_id, chosen_id, display_name, description, member_count, version,
              create_time, update_time)
            SELECT ?, workspace_id, 'readers', '', '', 1, 1, now(), now()
            FROM owner
            """;

    private static final String NEW_WORKSPACES =
            """
            INSERT INTO workspace (workspace_id, display_name, create_time, emails_when_unset, allowed_list_on)
            VALUES ('shop-test', '', now(), false, true), ('shop', '', now(), false, false)
            """;

    private static final String OWNER =
            """
            SELECT count(*)
            FROM api_key k
            JOIN audit_entry a ON a.workspace_id = k.workspace_id
            WHERE k.workspace_id = 'shop-test' AND k.hash = ? AND k.roles = '{OWNER}'
              AND a.action = 'API_KEY_CREATED' AND a.resource LIKE '%/apiKeys/' || k.api_key_id::text
            """;

    private static final String SESSIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = ?";

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final TestDatabase database = POSTGRES.database();

    private static void migrate(TestDatabase database) {
        try (Database open = MigratedDatabase.open(database)) {
            new Migrations(open.dataSource()).up();
        }
    }

    @Test
    void bringsAnEmptySchemaUpToDateWhenAskedTo() throws IOException {
        var environment = NodeSettings.of(database, folder.resolve("data"), NOT_MIGRATED);
        assertThatThrownBy(() -> Node.start(SettingsReader.read(Map.of(), environment)))
                .hasMessageMatching(TOO_OLD);
        assertThat(execute("audit", Map.of())).isEqualTo(1);
        assertThat(err.toString().strip()).matches(TOO_OLD);

        assertThat(execute("migrate", Map.of())).isZero();
        assertThat(execute("migrate", Map.of())).isZero();
        assertThat(execute("audit", Map.of())).isZero();

        assertThat(out.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo(WHERE),
                        line -> assertThat(line).matches("Applied \\d+ changes; .+ up to date\\."),
                        line -> assertThat(line).isEqualTo(WHERE),
                        line -> assertThat(line).isEqualTo("The schema is up to date."),
                        line -> assertThat(line).isEqualTo("All is well."));
        try (Node node = Node.start(SettingsReader.read(Map.of(), environment))) {
            assertThat(node.grpcPort()).isPresent();
        }
    }

    @Test
    void servesWithALastResort() throws IOException {
        Thread.@Nullable UncaughtExceptionHandler before =
                Thread.getDefaultUncaughtExceptionHandler();
        try {
            assertThat(execute(POSTGRES.freshDatabase(), "serve", NOT_MIGRATED)).isEqualTo(1);

            assertThat(err.toString().strip()).matches(TOO_OLD);
            assertThat(String.valueOf(Thread.getDefaultUncaughtExceptionHandler()))
                    .startsWith(LastResort.class.getName());
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void startsNoNodeWhoseClockIsNotTheDatabases() throws Exception {
        TestDatabase fast = MIGRATED.freshDatabase();
        try (Connection connection = fast.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(FAST_CLOCK);
            statement.execute(
                    "ALTER DATABASE " + fast.name() + " SET search_path = public, pg_catalog");
        }

        var environment = NodeSettings.of(fast, folder.resolve("data"), NOT_MIGRATED);
        assertThatThrownBy(() -> Node.start(SettingsReader.read(Map.of(), environment)))
                .hasMessageMatching(
                        "The clocks of this machine and of the database differ by 3[56]\\d"
                                + " seconds.*");
    }

    /// A node makes partitions, whoever migrated.
    @Test
    void saysAtTheStartWhichRightsTheDatabasesUserLacks() throws Exception {
        TestDatabase strict = MIGRATED.freshDatabase();
        try (Connection connection = strict.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC, pg_database_owner");
        }

        var environment = NodeSettings.of(strict, folder.resolve("data"), NOT_MIGRATED);
        assertThatThrownBy(() -> Node.start(SettingsReader.read(Map.of(), environment)))
                .hasMessageContaining("the database's user lacks a right (SQLSTATE 42501)")
                .hasMessageContaining("own the database or have CREATE on its schema");
    }

    @Test
    void namesWhatBreaksAPromise() throws Exception {
        UUID audience = UUID.randomUUID();
        TestDatabase broken = MIGRATED.freshDatabase();
        try (Connection connection = broken.connect();
                PreparedStatement statement = connection.prepareStatement(MISCOUNTED)) {
            statement.setObject(1, audience);
            statement.executeUpdate();
        }

        assertThat(execute(broken, "audit", Map.of())).isEqualTo(1);

        assertThat(out.toString().lines())
                .containsExactly(
                        "audience-counts-its-members " + audience + " 1 counted, 0 found",
                        "1 findings.");
    }

    @Test
    void letsAnOwnerIntoAWorkspaceWhoseKeyIsLost() throws Exception {
        TestDatabase lost = MIGRATED.freshDatabase();
        try (Connection connection = lost.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(NEW_WORKSPACES);
        }
        Path file = folder.resolve("shop-test.key");

        assertThat(admitOwner(lost, "shop-tset", file)).isEqualTo(1);
        assertThat(file).doesNotExist();
        assertThat(admitOwner(lost, "shop-test", file)).isZero();
        // Repeated, as after a crash, it takes the key that is there.
        assertThat(admitOwner(lost, "shop-test", file)).isZero();
        assertThat(admitOwner(lost, "shop", file)).isEqualTo(1);

        String key = Files.readString(file).strip();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(owners(lost, key)).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "There is no workspace shop-tset",
                        "The key in %s is of another workspace than shop: name another file"
                                .formatted(file));
        assertThat(out.toString())
                .contains("is an owner of workspaces/shop-test")
                .doesNotContain(key);
    }

    private int admitOwner(TestDatabase target, String workspace, Path file) throws IOException {
        return execute(
                target, "admit-owner", Map.of(), "--workspace=" + workspace, "--key-file=" + file);
    }

    private static long owners(TestDatabase database, String key) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(OWNER)) {
            statement.setString(1, KeyHash.of(key).hex());
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getLong(1);
            }
        }
    }

    /// However many a node would take.
    @Test
    void takeFewConnectionsWhichShowWhoseTheyAre() throws Exception {
        var environment = NodeSettings.of(database, folder.resolve("data"), Map.of());
        Settings settings = SettingsReader.read(Map.of(), environment);
        try (var _ = NodeDatabase.openFor("audit", settings)) {
            assertThat(sessions("campanile-audit")).isBetween(1L, 4L);
        }
    }

    private long sessions(String application) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(SESSIONS)) {
            statement.setString(1, application);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getLong(1);
            }
        }
    }

    @Test
    void namesTheSettingThatIsWrong() throws IOException {
        String url = database.jdbcUrl();
        // No name server is asked for a name with two dots in a row.
        execute("audit", Map.of("CAMPANILE_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none"));
        execute("audit", Map.of("CAMPANILE_DATABASE_URL", "jdbc:postgresql://db..example/none"));
        execute("audit", Map.of("CAMPANILE_DATABASE_URL", url.replace(database.name(), "none")));
        // The tests' server takes every password, but not every user.
        assertThat(execute("migrate", Map.of("CAMPANILE_DATABASE_USER", "nobody"))).isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly(
                        "Nothing answers at 127.0.0.1 port 1, as CAMPANILE_DATABASE_URL has it:"
                                + " check host and port, that PostgreSQL runs and listens there"
                                + " (listen_addresses), and that no firewall is in between",
                        "The host db..example in CAMPANILE_DATABASE_URL is not known: check its"
                                + " name, and that this machine can look it up",
                        "The server that CAMPANILE_DATABASE_URL names has no such database",
                        "Nobody may sign in to the database that CAMPANILE_DATABASE_URL names like"
                                + " this: check CAMPANILE_DATABASE_USER, whether the URL wants TLS"
                                + " (sslmode), and pg_hba.conf of PostgreSQL");
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

    private int execute(String command, Map<String, String> more) throws IOException {
        return execute(database, command, more);
    }

    /// Passwords have no flags, so the settings come from a file.
    private int execute(
            TestDatabase target, String command, Map<String, String> more, String... options)
            throws IOException {
        var settings = new HashMap<>(NodeSettings.of(target, folder.resolve("data"), more));
        var properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve("campanile.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return Campanile.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        Stream.concat(
                                        Stream.of(command, "--config-file=" + file),
                                        Stream.of(options))
                                .toArray(String[]::new));
    }
}
