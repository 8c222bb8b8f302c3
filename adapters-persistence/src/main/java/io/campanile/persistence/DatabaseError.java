package io.campanile.persistence;

import io.campanile.application.store.StatementTooSlow;
import io.campanile.application.store.StoreUnavailable;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import java.sql.SQLException;

/// What the database said, without statement, rows and values: those of a message are personal.
final class DatabaseError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String QUERY_CANCELED = "57014";

    /// For whoever starts a node.
    static final String LACKS_A_RIGHT =
            "the database's user lacks a right (SQLSTATE 42501): it must be the one that migrates,"
                    + " and own the database or have CREATE on its schema";

    private final String sqlState;
    private final String constraint;
    private final String reason;
    private final boolean fromDatabase;

    private DatabaseError(
            String sqlState,
            String constraint,
            String reason,
            boolean fromDatabase,
            String message) {
        super(message);
        this.reason = reason;
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
                        reason(thrown, sql, sqlState),
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

    /// As the failure of a database that is away, out of something, or busy for too long; or that
    /// lets its user do too little.
    StoreUnavailable unavailable() {
        if (isCanceled()) {
            return new StatementTooSlow(reason, this);
        }
        return deniesARight()
                ? new StoreUnavailable(LACKS_A_RIGHT, this)
                : StoreUnavailable.because(reason, this);
    }

    /// Whether the database ended the statement: by `statement_timeout`, or because somebody who
    /// looks after it saw it run for too long. Nothing of ours cancels one; a database that stops
    /// says 57P01.
    boolean isCanceled() {
        return sqlState.equals(QUERY_CANCELED);
    }

    /// Whether the user may not do what was asked for.
    boolean deniesARight() {
        return sqlState.equals(INSUFFICIENT_PRIVILEGE);
    }

    /// The SQLSTATE, and what broke underneath, such as the connection: by its type only, because
    /// its words name hosts and users.
    private static String reason(Throwable thrown, @Nullable SQLException sql, String sqlState) {
        Throwable said = sql == null ? thrown : sql;
        String what = sqlState.isEmpty() ? said.getClass().getSimpleName() : "sqlstate " + sqlState;
        Throwable root = said.getCause();
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root == null || root instanceof SQLException
                ? what
                : what + " " + root.getClass().getSimpleName();
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
