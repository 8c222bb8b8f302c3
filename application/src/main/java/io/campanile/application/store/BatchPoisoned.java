package io.campanile.application.store;

/// The database refuses some row of a batch (SQLSTATE class 22 or 23); nothing of it was stored.
public final class BatchPoisoned extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BatchPoisoned(String message, Throwable cause) {
        super(message, cause);
    }
}
