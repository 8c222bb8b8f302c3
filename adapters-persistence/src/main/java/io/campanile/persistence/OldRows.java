package io.campanile.persistence;

import java.time.Instant;

/// Forgets the rows of a table that are older than they are kept.
public final class OldRows {
    // In order, so that the index is read and not the table, whatever the planner knows about it.
    // What another node is forgetting is left to it.
    private static final String FORGET =
            """
            DELETE FROM %1$s
            WHERE ctid = ANY (ARRAY(
              SELECT o.ctid
              FROM %1$s o
              WHERE o.%2$s < :before
              ORDER BY o.%2$s
              LIMIT :limit
              FOR UPDATE SKIP LOCKED))
            """;

    private OldRows() {}

    /// Forgets at most `limit` of them, the oldest first.
    ///
    /// @param timeColumn has an index
    /// @return how many were forgotten
    public static int forget(
            Store store, String table, String timeColumn, Instant before, int limit) {
        return store.inStatement(handle ->
                handle.createUpdate(FORGET.formatted(table, timeColumn))
                        .bind("before", before)
                        .bind("limit", limit)
                        .execute());
    }
}
