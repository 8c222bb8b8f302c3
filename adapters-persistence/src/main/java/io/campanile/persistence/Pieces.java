package io.campanile.persistence;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

import java.util.function.IntFunction;

/// How many rows a statement of a long walk looks at. After a statement took longer than statements
/// may, because rows there are heavy, the next looks at a tenth as many, and then at twice as many
/// each time. For one walk; not thread-safe.
public final class Pieces {
    private static final String PIECE = "piece";
    private static final int FEWER = 10;
    private static final int MORE = 2;

    private final int most;
    private int rows;
    private boolean heavy;

    /// @param most how many rows, as long as no statement takes too long
    public Pieces(int most) {
        this(most, most);
    }

    /// @param first how many rows in the first piece
    /// @param most how many in the others, as long as no statement takes too long
    public Pieces(int first, int most) {
        this.rows = first;
        this.most = most;
    }

    /// Does some work on so many rows, and all of it again on fewer where it took too long. In a
    /// transaction, this goes on.
    public <T> T next(Handle handle, IntFunction<T> work) {
        while (true) {
            try {
                T done = handle.isInTransaction() ? saved(handle, work) : work.apply(rows);
                rows = heavy ? Math.min(most, MORE * rows) : most;
                return done;
            } catch (JdbiException e) {
                if (!isWorthFewer(e)) {
                    throw e;
                }
                heavy = true;
                rows = Math.max(1, rows / FEWER);
            }
        }
    }

    private <T> T saved(Handle handle, IntFunction<T> work) {
        handle.savepoint(PIECE);
        try {
            T done = work.apply(rows);
            handle.releaseSavepoint(PIECE);
            return done;
        } catch (JdbiException e) {
            if (isWorthFewer(e)) {
                handle.rollbackToSavepoint(PIECE);
            }
            throw e;
        }
    }

    /// Whether work on a piece failed only because it took too long for so many rows.
    public boolean isWorthFewer(RuntimeException thrown) {
        return rows > 1 && DatabaseError.of(thrown).isCanceled();
    }
}
