package io.campanile.server.node;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// How a PostgreSQL is set, for this user and database.
final class ServerSettings {
    private ServerSettings() {}

    static int number(Connection connection, String name) throws SQLException {
        return Integer.parseInt(text(connection, name));
    }

    static String text(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
