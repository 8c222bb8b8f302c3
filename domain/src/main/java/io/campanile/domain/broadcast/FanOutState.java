package io.campanile.domain.broadcast;

import io.campanile.domain.message.MessageState;

/// How far the messages of a broadcast have been written.
public enum FanOutState {
    /// Its members are not known yet.
    WAITING(true, MessageState.Kind.ACCEPTED),
    /// Its members are known; their messages are being written.
    WRITING(true, MessageState.Kind.ACCEPTED),
    /// Every member has a message.
    WRITTEN(false, MessageState.Kind.ACCEPTED),
    /// The execution was cancelled.
    CANCELLED(false, MessageState.Kind.CANCELLED),
    /// The campaign was stopped.
    STOPPED(false, MessageState.Kind.CANCELLED),
    /// Its time was over.
    EXPIRED(false, MessageState.Kind.EXPIRED),
    /// The audience was deleted before its members were known.
    AUDIENCE_GONE(false, MessageState.Kind.FAILED);

    private final boolean unfinished;
    private final MessageState.Kind unwritten;

    FanOutState(boolean unfinished, MessageState.Kind unwritten) {
        this.unfinished = unfinished;
        this.unwritten = unwritten;
    }

    /// Whether more messages are going to be written.
    public boolean isUnfinished() {
        return unfinished;
    }

    /// Whether something else than a cancellation kept members from getting a message.
    public boolean isBrokenOff() {
        return this == STOPPED || this == EXPIRED || this == AUDIENCE_GONE;
    }

    /// Whether a pause finds something to hold.
    ///
    /// @param open its open messages
    public boolean canBePaused(long open) {
        return unfinished || (this == WRITTEN && open > 0);
    }

    /// Whether the end of a pause finds something to let go.
    ///
    /// @param paused whether somebody holds it
    /// @param open its open messages
    public boolean canBeResumed(boolean paused, long open) {
        return paused && canBePaused(open);
    }

    /// Whether a cancellation ends it: also where all its messages are written, so that it can be
    /// paused and resumed no more.
    public boolean endsByCancellation() {
        return unfinished || this == WRITTEN;
    }

    /// How many messages are still going to be written.
    ///
    /// @param unwritten members without one
    public long leftToWrite(long unwritten) {
        return unfinished ? unwritten : 0;
    }

    /// The state in which members without a message are counted, so that planned is always what is
    /// open and what has settled.
    public MessageState.Kind unwritten() {
        return unwritten;
    }
}
