package io.campanile.persistence;

import io.campanile.testkit.time.Patience;

import java.sql.SQLException;
import java.time.Duration;

/// Sees when somebody waits for a lock, so that tests need not guess with time.
public final class LockWaits {
    private static final String COUNT =
            """
            SELECT count(DISTINCT l.pid)
            FROM pg_locks l
            JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE NOT l.granted AND a.datname = current_database()
            """;

    private LockWaits() {}

    /// Returns as soon as some session of the database waits for another.
    public static void await(Database database) {
        await(database, 1);
    }

    /// Returns as soon as so many sessions of the database wait for others.
    public static void await(Database database, int sessions) {
        Patience.await()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> count(database, COUNT) >= sessions);
    }

    /// Returns as soon as some statement has waited so long for others.
    public static void awaitOlderThan(Database database, Duration age) {
        String waited =
                """
                SELECT count(*)
                FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                  AND query_start < clock_timestamp() - interval '%d ms'
                """
                        .formatted(age.toMillis());
        Patience.await()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> count(database, waited) > 0);
    }

    /// On a connection of its own: the calling thread may be in a transaction.
    private static long count(Database database, String query) throws SQLException {
        try (var connection = database.connect("lock-waits");
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
