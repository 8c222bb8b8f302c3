package io.campanile.persistence;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import java.sql.SQLException;

/// What the database said, without statement, rows and values: those of a message are personal.
final class DatabaseError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String sqlState;
    private final String constraint;
    private final boolean fromDatabase;

    private DatabaseError(
            String sqlState, String constraint, boolean fromDatabase, String message) {
        super(message);
        this.fromDatabase = fromDatabase;
        this.sqlState = sqlState;
        this.constraint = constraint;
    }

    static DatabaseError of(Throwable thrown) {
        SQLException sql = sqlException(thrown);
        String sqlState = sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
        ServerErrorMessage server =
                sql instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String constraint =
                server == null || server.getConstraint() == null ? "" : server.getConstraint();
        String what = sql == null ? thrown.getClass().getSimpleName() : "SQLSTATE " + sqlState;
        var error =
                new DatabaseError(
                        sqlState,
                        constraint,
                        sql != null,
                        constraint.isEmpty() ? what : what + ", constraint " + constraint);
        error.setStackTrace(thrown.getStackTrace());
        return error;
    }

    /// The SQLSTATE, empty when there is none.
    String sqlState() {
        return sqlState;
    }

    /// The violated constraint, empty when there is none.
    String constraint() {
        return constraint;
    }

    /// Whether database, driver or pool threw it, rather than the code that uses them.
    boolean isFromDatabase() {
        return fromDatabase;
    }

    private static @Nullable SQLException sqlException(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
