package io.campanile.persistence;

import org.jdbi.v3.core.statement.StatementContext;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// The transaction of the database that has read from one snapshot, or has not committed what it
/// wrote, for the longest time. What is deleted meanwhile stays in the indexes, and claims read it
/// again and again.
///
/// @param application what it calls itself
public record OldestSnapshot(String application, Duration age) {
    // Of sessions of other users PostgreSQL tells this only to those who may read its statistics.
    private static final String OLDEST =
            """
            SELECT a.application_name, extract(epoch FROM clock_timestamp() - a.xact_start) AS seconds
            FROM pg_stat_activity a
            WHERE a.datname = current_database() AND a.backend_type = 'client backend'
              AND (a.backend_xmin IS NOT NULL OR a.backend_xid IS NOT NULL) AND a.pid <> pg_backend_pid()
            ORDER BY a.xact_start
            LIMIT 1
            """;

    /// Nothing when no other transaction has one.
    public static Optional<OldestSnapshot> of(Store store) {
        return store.inStatement(
                handle -> handle.createQuery(OLDEST).map(OldestSnapshot::read).findOne());
    }

    private static OldestSnapshot read(ResultSet row, StatementContext context)
            throws SQLException {
        return new OldestSnapshot(
                row.getString("application_name"), Duration.ofSeconds(row.getLong("seconds")));
    }
}
