package io.campanile.persistence;

import java.time.Duration;

/// How to reach the database.
///
/// @param url a JDBC URL of PostgreSQL
/// @param applicationName what `pg_stat_activity` shows
/// @param hotConnections for intake and delivery
/// @param connections for everything else
/// @param acquireTimeout how long a caller waits for a connection
/// @param statementTimeout how long one statement may run
public record DatabaseSettings(
        String url,
        Login login,
        String applicationName,
        int hotConnections,
        int connections,
        Duration acquireTimeout,
        Duration statementTimeout) {

    /// Who the database is to take us for.
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[redacted]";
        }
    }

    /// As a node reaches it: how long it waits for connections and statements cannot be set.
    public static DatabaseSettings at(
            String url, Login login, int hotConnections, int connections) {
        return new DatabaseSettings(
                url,
                login,
                "campanile",
                hotConnections,
                connections,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }

    /// The same under another name.
    public DatabaseSettings named(String newApplicationName) {
        return new DatabaseSettings(
                url,
                login,
                newApplicationName,
                hotConnections,
                connections,
                acquireTimeout,
                statementTimeout);
    }

    @Override
    public String toString() {
        return "DatabaseSettings[redacted]";
    }
}
