package io.campanile.application.share;

/// Too many readings that may take seconds are under way; worth another call in a moment.
public final class LongReadsFull extends RuntimeException {
    private static final long serialVersionUID = 1;

    LongReadsFull() {
        super("too many long readings are under way");
    }
}
