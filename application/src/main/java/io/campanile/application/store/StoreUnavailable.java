package io.campanile.application.store;

/// The database is away, out of space or connections, or a commit's outcome is not known. Repeating
/// the call later is right; its message holds nothing internal.
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
