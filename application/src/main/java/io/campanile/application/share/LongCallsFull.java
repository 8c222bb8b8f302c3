package io.campanile.application.share;

/// Too many calls that may take seconds are under way; worth another call in a moment.
public final class LongCallsFull extends RuntimeException {
    private static final long serialVersionUID = 1;

    LongCallsFull() {
        super("too many long calls are under way");
    }
}
