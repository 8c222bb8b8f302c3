package io.campanile.persistence;

import org.jdbi.v3.core.Handle;

/// How many rows of some tables a transaction reads, by PostgreSQL's own count. Tables are named by
/// a regular expression for their whole names.
public final class RowsRead {
    private static final String ROWS =
            """
            SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))
            FROM pg_stat_xact_user_tables
            WHERE relname ~ ('^(' || :tables || ')$')
            """;

    private static final String LOOKS =
            """
            SELECT sum(idx_scan)
            FROM pg_stat_xact_user_tables
            WHERE relname ~ ('^(' || :tables || ')$')
            """;

    private RowsRead() {}

    /// Those that an action reads through the store.
    public static long by(Store store, String tables, Runnable action) {
        return store.inTransaction(handle -> {
            // The connection may not have told all that it read before.
            long before = soFar(handle, tables);
            action.run();
            return soFar(handle, tables) - before;
        });
    }

    /// The same, and how often it looks into an index, also when it finds nothing there.
    public static long andLooksBy(Store store, String tables, Runnable action) {
        return store.inTransaction(handle -> {
            long before = looksSoFar(handle, tables);
            long rows = by(store, tables, action);
            return rows + looksSoFar(handle, tables) - before;
        });
    }

    /// Those that the transaction has read, and maybe some that its connection read before.
    public static long soFar(Handle handle, String tables) {
        return counted(handle, ROWS, tables);
    }

    private static long looksSoFar(Handle handle, String tables) {
        return counted(handle, LOOKS, tables);
    }

    private static long counted(Handle handle, String query, String tables) {
        return handle.createQuery(query).bind("tables", tables).mapTo(Long.class).one();
    }
}
