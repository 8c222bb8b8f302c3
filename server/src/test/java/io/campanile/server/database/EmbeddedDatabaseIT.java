package io.campanile.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

class EmbeddedDatabaseIT {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir static Path parent;
    private static Path folder;

    // One folder for all: each test leaves it closed and whole, as the next start would find it.
    @BeforeAll
    static void createTheDatabase() throws SQLException {
        folder = parent.resolve("data folder");
        try (var database = EmbeddedDatabase.start(folder, 16)) {
            execute(database, "CREATE TABLE note (text text)");
            execute(database, "INSERT INTO note VALUES ('kept')");
        }
    }

    @Test
    void keepsItsDataFromRunToRun() throws SQLException {
        try (var database = EmbeddedDatabase.start(folder, 16)) {
            assertThat(answer(database, "SELECT text FROM note")).isEqualTo("kept");
        }
    }

    @Test
    void isDurable() throws SQLException {
        try (var database = EmbeddedDatabase.start(folder, 16)) {
            for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertThat(answer(database, "SHOW " + setting)).as(setting).isEqualTo("on");
            }
        }
    }

    @Test
    void hasRoomForEveryConnectionOfItsNode() throws SQLException {
        try (var database = EmbeddedDatabase.start(folder, 16)) {
            assertThat(answer(database, "SHOW max_connections")).isEqualTo("100");
        }
        try (var database = EmbeddedDatabase.start(folder, 200)) {
            assertThat(answer(database, "SHOW max_connections")).isEqualTo("220");
        }
    }

    /// Rows about people lock each identity they name, by the thousand, and statements about
    /// messages all days that are kept; all connections share the places for that.
    @Test
    void hasRoomForEveryLockOfItsNode() throws SQLException {
        try (var database = EmbeddedDatabase.start(folder, 16, most -> 9 * most)) {
            assertThat(answer(database, "SHOW max_locks_per_transaction")).isEqualTo("900");
        }
        try (var database = EmbeddedDatabase.start(folder, 16, most -> 2 * most)) {
            assertThat(answer(database, "SHOW max_locks_per_transaction")).isEqualTo("720");
        }
    }

    @Test
    void doesNotMakeItsUserASuperuser() throws SQLException {
        try (var database = EmbeddedDatabase.start(folder, 16)) {
            assertThat(
                            answer(
                                    database,
                                    "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
        }
    }

    @Test
    void refusesAWrongPasswordAndTheSuperuser() {
        try (var database = EmbeddedDatabase.start(folder, 16)) {
            assertThat(sqlStateOfLogin(database, database.user(), "wrong")).isEqualTo("28P01");
            assertThat(sqlStateOfLogin(database, "postgres", "")).isEqualTo("28000");
        }
    }

    @Test
    void keepsThePasswordAsScramOnly() throws IOException {
        try (var database = EmbeddedDatabase.start(folder, 16)) {
            assertThat(folder.resolve("postgres/pg_hba.conf"))
                    .content()
                    .contains("host all campanile 127.0.0.1/32 scram-sha-256")
                    .doesNotContain("trust");
            assertThat(database.password()).hasToString("[redacted]");
        }
    }

    @Test
    void listensOnLoopbackOnly() throws IOException {
        try (var database = EmbeddedDatabase.start(folder, 16)) {
            int port = port(database.jdbcUrl());
            assertThat(listens(LOOPBACK, port)).isTrue();

            // 127.0.0.2 answers on Linux if a server listens on all addresses, without any network.
            Stream<InetAddress> others =
                    Stream.concat(
                            Stream.of(InetAddress.getByName("127.0.0.2")),
                            NetworkInterface.networkInterfaces()
                                    .flatMap(NetworkInterface::inetAddresses)
                                    .filter(address -> !address.isLoopbackAddress()));
            assertThat(others).noneMatch(address -> listens(address, port));
        }
    }

    @Test
    void showsItsFilesToTheOwnerOnly() throws IOException {
        EmbeddedDatabase.start(folder, 16).close();

        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(permissions("rwx------"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("postgres-password")))
                .isEqualTo(permissions("rw-------"));
        try (var children = Files.walk(folder.resolve("postgres"))) {
            assertThat(children).allSatisfy(EmbeddedDatabaseIT::isClosedToOthers);
        }
    }

    @Test
    void refusesASecondServerOnTheSameFolder() {
        try (var _ = EmbeddedDatabase.start(folder, 16)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(folder, 16))
                    .isInstanceOf(EmbeddedDatabaseException.class)
                    .hasMessageContaining("is in use by another Campanile server (process ");
        }
    }

    @Test
    void refusesASecondProcessOnTheSameFolder() throws IOException {
        try (var node = new Node(folder)) {
            node.jdbcUrl();

            assertThatThrownBy(() -> EmbeddedDatabase.start(folder, 16))
                    .isInstanceOf(EmbeddedDatabaseException.class)
                    .hasMessageEndingWith(
                            "is in use by another Campanile server (process %d)"
                                    .formatted(node.process.pid()));
        }
    }

    @Test
    void replacesTheServerThatAKilledNodeLeftBehind() throws Exception {
        try (var node = new Node(folder)) {
            int port = port(node.jdbcUrl());
            long orphan = postmaster();
            node.process.destroyForcibly().waitFor();
            assertThat(listens(LOOPBACK, port)).isTrue();

            try (var database = EmbeddedDatabase.start(folder, 16)) {
                assertThat(answer(database, "SELECT text FROM note")).isEqualTo("kept");
                assertThat(postmaster()).isNotEqualTo(orphan);
                assertThat(listens(LOOPBACK, port)).isFalse();
            }
        }
    }

    @Test
    void startsThoughTheNumberOfACrashedServerBelongsToSomebodyElseNow() throws Exception {
        Path pidFile = folder.resolve("postgres/postmaster.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + folder + "\n");

        try (var database = EmbeddedDatabase.start(folder, 16)) {
            assertThat(answer(database, "SELECT text FROM note")).isEqualTo("kept");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "12", "nonsense\n"})
    void startsThoughACrashBrokeTheFileOfTheServerOff(String left) throws Exception {
        Files.writeString(folder.resolve("postgres/postmaster.pid"), left);

        try (var database = EmbeddedDatabase.start(folder, 16)) {
            assertThat(answer(database, "SELECT text FROM note")).isEqualTo("kept");
        }
    }

    @Test
    void closesQuietlyWhenPostgresHasDiedBefore() throws Exception {
        try (var _ = EmbeddedDatabase.start(folder, 16)) {
            ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
            postmaster.destroyForcibly();
            postmaster.onExit().join();
        }

        try (var database = EmbeddedDatabase.start(folder, 16)) {
            assertThat(answer(database, "SELECT text FROM note")).isEqualTo("kept");
        }
    }

    @Test
    void refusesDataOfAnotherMajorVersion() throws IOException {
        Path version = folder.resolve("postgres/PG_VERSION");
        String current = Files.readString(version);
        Files.writeString(version, "17\n");
        try {
            assertThatThrownBy(() -> EmbeddedDatabase.start(folder, 16))
                    .isInstanceOf(EmbeddedDatabaseException.class)
                    .hasMessageContaining("was written by PostgreSQL 17")
                    .hasMessageContaining("start the Campanile that wrote it")
                    .hasMessageContaining("pg_dump")
                    .hasMessageContaining("CAMPANILE_DATABASE_URL");
        } finally {
            Files.writeString(version, current);
        }
    }

    @Test
    void refusesAFolderThatEverybodyMayWriteTo() throws IOException {
        Path open = Files.createDirectory(parent.resolve("open"));
        Files.setPosixFilePermissions(open, permissions("rwxrwxrwx"));

        assertThatThrownBy(() -> EmbeddedDatabase.start(open, 16))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("Everybody may write to the data folder");
    }

    @Test
    void refusesToGuessALostPassword() throws IOException {
        Path password = folder.resolve("postgres-password");
        Path aside = folder.resolve("aside");
        Files.move(password, aside);
        try {
            assertThatThrownBy(() -> EmbeddedDatabase.start(folder, 16))
                    .isInstanceOf(EmbeddedDatabaseException.class)
                    .hasMessageContaining("postgres-password is missing");
        } finally {
            Files.move(aside, password);
        }
    }

    private static void isClosedToOthers(Path file) throws IOException {
        assertThat(Files.getPosixFilePermissions(file))
                .as("%s", file)
                .isSubsetOf(permissions("rwx------"));
    }

    private static Set<PosixFilePermission> permissions(String symbolic) {
        return PosixFilePermissions.fromString(symbolic);
    }

    private static long postmaster() throws IOException {
        Path pidFile = folder.resolve("postgres/postmaster.pid");
        return Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    }

    private static boolean listens(InetAddress address, int port) {
        try (var _ = new Socket(address, port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int port(String jdbcUrl) {
        return URI.create(jdbcUrl.substring("jdbc:".length())).getPort();
    }

    private static String sqlStateOfLogin(EmbeddedDatabase database, String user, String password) {
        return catchThrowableOfType(
                        SQLException.class,
                        () ->
                                DriverManager.getConnection(database.jdbcUrl(), user, password)
                                        .close())
                .getSQLState();
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String answer(EmbeddedDatabase database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(), database.user(), database.password().value());
    }

    /// A JVM of its own that runs the database.
    private static final class Node implements AutoCloseable {
        private final Process process;

        Node(Path folder) throws IOException {
            process = EmbeddedDatabaseNode.launch(folder);
        }

        String jdbcUrl() throws IOException {
            return String.valueOf(process.inputReader().readLine());
        }

        // The end of its input is the sign to stop in good order.
        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit().join();
        }
    }
}
