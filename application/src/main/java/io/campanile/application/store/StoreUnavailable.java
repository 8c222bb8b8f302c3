package io.campanile.application.store;

/// The database is away, out of space or connections, or a commit's outcome is not known. Repeating
/// the call later is right; its message holds nothing internal but the reason.
public sealed class StoreUnavailable extends RuntimeException permits StatementTooSlow {
    private static final long serialVersionUID = 1;

    private final String reason;

    /// For a reason of its own.
    ///
    /// @param reason for the log, in words that quote nobody
    public StoreUnavailable(String reason, Throwable cause) {
        this(reason, reason, cause);
    }

    StoreUnavailable(String message, String reason, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// The database does not answer, or cannot do what it is asked for now.
    ///
    /// @param reason what it says itself, such as its SQLSTATE
    public static StoreUnavailable because(String reason, Throwable cause) {
        return new StoreUnavailable("the database is not available: " + reason, reason, cause);
    }

    /// Why, such as `sqlstate 53100`.
    public String reason() {
        return reason;
    }
}
