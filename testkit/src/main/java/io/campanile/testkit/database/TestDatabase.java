package io.campanile.testkit.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/// A freshly created, empty database and how to reach it. Its user owns it; on servers that the
/// tests start themselves that user is no superuser, so that nothing comes to depend on being one.
///
/// @param name the name of the database within its server
public record TestDatabase(String name, String jdbcUrl, String user, String password) {

    /// The time zone of every session of [#connect()] and [#dataSource()]: not UTC, and not even
    /// whole hours away from it, so that SQL that leans on the session's zone is found out.
    public static final String SESSION_TIME_ZONE = "Asia/Kathmandu";

    /// A source of unpooled connections.
    public DataSource dataSource() {
        return new UnpooledDataSource(this);
    }

    public Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
        // Neither ALTER DATABASE nor a connection option would do: the driver asks for the JVM's
        // zone as it connects, and that wins.
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE '" + SESSION_TIME_ZONE + "'");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }
}
