package io.campanile.persistence;

import io.campanile.application.store.BatchPoisoned;
import io.campanile.application.store.StoreUnavailable;

import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// The database as the adapters use it: every call runs in a transaction, joins the one that
/// already runs on this thread, and fails only in the words of the ports, unless it joins: then
/// whoever runs the transaction does. Thread-safe.
public final class Store {
    /// Deadlocks and serialization failures: the database has rolled back and asks for another go.
    private static final int MOST_TRIES = 5;

    private static final String INVALID_PARAMETER_VALUE = "22023";
    private static final String READING = "reading";
    private static final Duration LATER = Duration.ofSeconds(5);

    /// How often the server looks whether somebody still waits for a long statement: what nobody
    /// waits for ends, and lets go of its locks.
    private static final String CLIENT_CHECK = "client_connection_check_interval = '5s'";

    private final Jdbi jdbi;
    private final AtomicReference<@Nullable Boolean> checksClients = new AtomicReference<>();

    public Store(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// Work with an open transaction.
    @FunctionalInterface
    public interface Work<T> {
        T with(Handle handle);
    }

    /// Runs one statement, in a transaction of its own unless one runs already.
    ///
    /// @throws StoreUnavailable when the database is away, out of space or connections
    /// @throws io.campanile.application.store.StatementTooSlow when it took too long
    public <T> T inStatement(Work<T> work) {
        return run(handle -> handle.isInTransaction() ? work.with(handle) : retried(handle, work));
    }

    /// Runs work in a transaction.
    ///
    /// @throws StoreUnavailable when the database is away, out of space or connections, or when the
    ///   commit's outcome is not known
    public <T> T inTransaction(Work<T> work) {
        return run(handle ->
                handle.isInTransaction()
                        ? work.with(handle)
                        : retried(handle, h -> h.inTransaction(work::with)));
    }

    /// As [#inTransaction], for statements that may take long where no statement otherwise does.
    /// Never joins: whoever runs a transaction holds locks for others' sake.
    ///
    /// @param most a statement that takes longer fails
    /// @throws io.campanile.application.store.StatementTooSlow when a statement took longer
    public <T> T inLongTransaction(Duration most, Work<T> work) {
        return runApart(handle -> {
            boolean checked = checksClients(handle);
            return handle.inTransaction(longer -> {
                longer.execute("SET LOCAL statement_timeout = " + most.toMillis());
                if (checked) {
                    longer.execute("SET LOCAL " + CLIENT_CHECK);
                }
                return patiently(longer, most, work);
            });
        });
    }

    /// Reads something in the running transaction, if that takes no longer; the transaction goes on
    /// either way.
    ///
    /// @return nothing when it took longer
    public static <T> Optional<T> readInTime(Handle handle, Duration most, Work<T> work) {
        handle.savepoint(READING);
        try {
            handle.execute("SET LOCAL statement_timeout = " + most.toMillis());
            T read = work.with(handle);
            // Takes the bound back, and nothing else.
            handle.rollbackToSavepoint(READING);
            return Optional.of(read);
        } catch (JdbiException e) {
            if (!DatabaseError.of(e).isCanceled()) {
                throw e;
            }
            handle.rollbackToSavepoint(READING);
            return Optional.empty();
        }
    }

    /// As [#inStatement], for what PostgreSQL runs in no transaction and may take as long as other
    /// people's transactions do.
    ///
    /// @param most a statement that takes longer fails
    /// @throws io.campanile.application.store.StatementTooSlow when a statement took longer
    public <T> T inLongStatements(Duration most, Work<T> work) {
        return runApart(handle -> {
            boolean checked = checksClients(handle);
            // To what the connection was opened with; one that is broken leaves the pool.
            return thenReset(
                    () -> {
                        handle.execute("SET statement_timeout = " + most.toMillis());
                        if (checked) {
                            handle.execute("SET " + CLIENT_CHECK);
                        }
                        return patiently(handle, most, work);
                    },
                    () -> {
                        handle.execute("RESET statement_timeout");
                        handle.execute("RESET client_connection_check_interval");
                    });
        });
    }

    private <T> T runApart(Work<T> work) {
        return run(handle -> {
            if (handle.isInTransaction()) {
                throw new IllegalStateException("a transaction runs already");
            }
            return work.with(handle);
        });
    }

    /// A server whose platform cannot tell refuses the setting; in a transaction, that would end
    /// it.
    private boolean checksClients(Handle handle) {
        Boolean known = checksClients.get();
        if (known != null) {
            return known;
        }
        boolean checks = true;
        try {
            handle.execute("SET " + CLIENT_CHECK);
            handle.execute("RESET client_connection_check_interval");
        } catch (JdbiException e) {
            if (!DatabaseError.of(e).sqlState().equals(INVALID_PARAMETER_VALUE)) {
                throw e;
            }
            checks = false;
        }
        checksClients.set(checks);
        return checks;
    }

    /// The socket waits a little longer than the database, and afterwards as long as before.
    private static <T> T patiently(Handle handle, Duration most, Work<T> work) {
        Connection connection = handle.getConnection();
        try {
            int before = connection.getNetworkTimeout();
            setNetworkTimeout(connection, Math.toIntExact(most.plus(LATER).toMillis()));
            return thenReset(() -> work.with(handle), () -> setNetworkTimeout(connection, before));
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    private static void setNetworkTimeout(Connection connection, int millis) {
        try {
            connection.setNetworkTimeout(Runnable::run, millis);
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /// Resets whatever happens. What the work failed of counts: on a connection that broke
    /// meanwhile, the reset fails as well.
    private static <T> T thenReset(Supplier<T> work, Runnable reset) {
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            try {
                reset.run();
            } catch (RuntimeException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
        reset.run();
        return result;
    }

    /// As [#inTransaction], for a batch of rows from outside.
    ///
    /// @throws BatchPoisoned when the database refuses the data of some row
    public <T> T inBatch(Work<T> work) {
        return poisonable(() -> inTransaction(work));
    }

    /// As [#inStatement], for a batch of rows from outside.
    ///
    /// @throws BatchPoisoned when the database refuses the data of some row
    public <T> T inBatchStatement(Work<T> work) {
        return poisonable(() -> inStatement(work));
    }

    private static <T> T poisonable(Supplier<T> batch) {
        try {
            return batch.get();
        } catch (DataRefused e) {
            throw new BatchPoisoned("the database refuses the data", e);
        }
    }

    /// Whoever runs the transaction hears what the database said, and tries all of it again where
    /// that is worth it: it has been rolled back as a whole.
    private <T> T run(Work<T> work) {
        var joined = new AtomicBoolean();
        try {
            return jdbi.withHandle(handle -> {
                joined.set(handle.isInTransaction());
                return work.with(handle);
            });
        } catch (JdbiException e) {
            throw joined.get() ? e : translated(e);
        }
    }

    private static <T> T retried(Handle handle, Work<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return work.with(handle);
            } catch (JdbiException e) {
                if (tries == MOST_TRIES || !isWorthAnotherTry(DatabaseError.of(e).sqlState())) {
                    throw e;
                }
            }
        }
    }

    private static boolean isWorthAnotherTry(String sqlState) {
        return sqlState.equals("40001") || sqlState.equals("40P01");
    }

    private static RuntimeException translated(JdbiException thrown) {
        DatabaseError error = DatabaseError.of(thrown);
        if (isUnavailable(thrown, error)) {
            return error.unavailable();
        }
        if (error.sqlState().startsWith("22") || error.sqlState().startsWith("23")) {
            return new DataRefused(error);
        }
        return new IllegalStateException("the database refuses a statement", error);
    }

    private static boolean isUnavailable(JdbiException thrown, DatabaseError error) {
        String state = error.sqlState();
        return switch (state.length() == 5 ? state.substring(0, 2) : "") {
            // Without SQLSTATE the pool has no connection to give.
            case "" -> error.isFromDatabase();
            case "08", "53", "57", "58", "55", "40" -> true;
            // Somebody changes passwords, rights or databases; the server itself is in trouble.
            case "28", "3D", "XX" -> true;
            case "42" -> error.deniesARight();
            // A primary that became a standby; a transaction that was idle, or lasted, for too
            // long.
            case "25" -> state.equals("25006") || state.equals("25P03") || state.equals("25P04");
            // Transaction ids are used up until somebody vacuums. PostgreSQL says so also of a row
            // that is too large, which the limits of the API keep out; others of this class are of
            // statements that are.
            case "54" -> state.equals("54000");
            // A row without a partition violates no constraint: maintenance is behind, not the row
            // wrong.
            case "23" -> state.equals("23514") && error.constraint().isEmpty();
            default -> thrown instanceof TransactionException;
        };
    }

    /// SQLSTATE class 22 or 23: the caller's data, or a bug that the caller knows about.
    static final class DataRefused extends IllegalStateException {
        private static final long serialVersionUID = 1;

        DataRefused(DatabaseError cause) {
            super("the database refuses the data", cause);
        }
    }
}
