package io.campanile.persistence;

import java.time.Instant;

/// Forgets the rows of a table that are older than they are kept.
public final class OldRows {
    private OldRows() {}

    /// Forgets at most `limit` of them, the oldest first.
    ///
    /// @param timeColumn has an index
    /// @return how many were forgotten
    public static int forget(
            Store store, String table, String timeColumn, Instant before, int limit) {
        // In order, so that the index is read and not the table, whatever the planner knows about
        // it. What another node is forgetting is left to it.
        String forget =
                """
                DELETE FROM %1$s
                WHERE ctid = ANY (ARRAY(
                  SELECT o.ctid
                  FROM %1$s o
                  WHERE o.%2$s < :before
                  ORDER BY o.%2$s
                  LIMIT :limit
                  FOR UPDATE SKIP LOCKED))
                """
                        .formatted(table, timeColumn);
        return store.inStatement(handle ->
                handle.createUpdate(forget).bind("before", before).bind("limit", limit).execute());
    }
}
