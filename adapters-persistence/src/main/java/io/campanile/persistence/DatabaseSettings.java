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
        String user,
        String password,
        String applicationName,
        int hotConnections,
        int connections,
        Duration acquireTimeout,
        Duration statementTimeout) {

    /// Settings with everything at its default but where the database is.
    public static DatabaseSettings at(String url, String user, String password) {
        return new DatabaseSettings(
                url,
                user,
                password,
                "campanile",
                8,
                8,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
    }

    @Override
    public String toString() {
        return "DatabaseSettings[redacted]";
    }
}
