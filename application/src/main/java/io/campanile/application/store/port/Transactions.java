package io.campanile.application.store.port;

import java.util.function.Supplier;

/// Runs work in one transaction of the store (read committed). Thread-safe; a call within a running
/// transaction of the same thread joins it.
public interface Transactions {
    /// Commits when the work returns, whatever it returns, and rolls back when it throws.
    ///
    /// @throws io.campanile.application.store.StoreUnavailable when the database is away or the
    ///   commit's outcome is not known
    <T> T inTransaction(Supplier<T> work);
}
