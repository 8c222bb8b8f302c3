package io.campanile.testkit.database;

import org.postgresql.ds.PGSimpleDataSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/// A freshly created, empty database and how to reach it. Its user owns it; on servers that the
/// tests start themselves that user is no superuser, so that nothing comes to depend on being one.
public record TestDatabase(String jdbcUrl, String user, String password) {

    /// The time zone of every session of [#dataSource()]: not UTC, and not even whole hours away
    /// from it, so that SQL that leans on the session's zone is found out.
    public static final String SESSION_TIME_ZONE = "Asia/Kathmandu";

    /// A source of unpooled connections, each in [#SESSION_TIME_ZONE].
    public DataSource dataSource() {
        var source = new ZonedDataSource();
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /// The name of the database within its server.
    public String name() {
        var source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        return String.valueOf(source.getDatabaseName());
    }

    // Neither ALTER DATABASE nor a connection option would do: the driver asks for the JVM's zone
    // as
    // it connects, and that wins.
    private static final class ZonedDataSource extends PGSimpleDataSource {

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            Connection connection = super.getConnection(user, password);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TIME ZONE '" + SESSION_TIME_ZONE + "'");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return connection;
        }
    }
}
