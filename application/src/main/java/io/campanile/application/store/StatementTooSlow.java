package io.campanile.application.store;

/// The database ended a statement that took longer than it may. Whether another call is worth it
/// depends on the statement: one that was held up is done later, one that reads everything takes as
/// long again.
public final class StatementTooSlow extends StoreUnavailable {
    private static final long serialVersionUID = 1;

    /// For a statement that was ended.
    ///
    /// @param reason what the database says itself, such as its SQLSTATE
    public StatementTooSlow(String reason, Throwable cause) {
        super("a statement took too long: " + reason, reason, cause);
    }
}
