package io.campanile.testkit.database;

import static io.campanile.testkit.database.PostgresExtensionIT.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

class PostgresServerIT {
    private static PostgresServer server;
    private TestDatabase database;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void createTable() throws SQLException {
        database = server.createDatabase();
        execute("CREATE TABLE note (text text)");
    }

    @Test
    void isDurable() throws SQLException {
        assertThat(answer(database, "SHOW fsync")).isEqualTo("on");
        assertThat(answer(database, "SHOW synchronous_commit")).isEqualTo("on");
    }

    @Test
    void keepsWhatWasCommittedThroughAStopAndACrash() throws SQLException {
        execute("INSERT INTO note VALUES ('kept')");

        server.stop();
        assertThatThrownBy(() -> execute("SELECT 1")).isInstanceOf(SQLException.class);
        server.startAgain();
        execute("INSERT INTO note VALUES ('kept too')");
        server.crash();
        server.startAgain();

        assertThat(answer(database, "SELECT string_agg(text, ', ' ORDER BY text) FROM note"))
                .isEqualTo("kept, kept too");
    }

    @Test
    void refusesToWriteWhileTheDiskIsFull() throws SQLException {
        server.fillDisk(database);
        assertThatSqlStateOf(() -> execute("INSERT INTO note VALUES ('lost')")).isEqualTo("53100");

        server.freeDisk(database);
        execute("INSERT INTO note VALUES ('kept')");
        assertThat(answer(database, "SELECT text FROM note")).isEqualTo("kept");
    }

    @Test
    void refusesSessionsBeyondTheLimit() throws SQLException {
        server.limitConnections(database, 0);
        assertThatSqlStateOf(() -> execute("SELECT 1")).isEqualTo("53300");

        server.limitConnections(database, -1);
        execute("SELECT 1");
    }

    @Test
    void refusesToWriteAsAStandby() throws SQLException {
        server.readOnly(database, true);
        assertThatSqlStateOf(() -> execute("INSERT INTO note VALUES ('lost')")).isEqualTo("25006");

        server.readOnly(database, false);
        execute("INSERT INTO note VALUES ('kept')");
    }

    @Test
    void cutsOpenSessions() throws SQLException {
        try (Connection connection = database.connect()) {
            server.cutConnections(database);

            assertThat(connection.isValid(5)).isFalse();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static AbstractStringAssert<?> assertThatSqlStateOf(ThrowingCallable call) {
        return assertThat(catchThrowableOfType(SQLException.class, call).getSQLState());
    }
}
