package io.campanile.domain.execution;

import io.campanile.domain.broadcast.FanOutState;

import org.jspecify.annotations.Nullable;

/// What became of the wish to cancel an execution, or would become of it.
public sealed interface Cancellation {
    /// What the execution's cancellation did, whoever it was that asked for it.
    CancelCounts counts();

    /// This call cancelled it.
    record Cancelled(CancelCounts counts) implements Cancellation {}

    /// An earlier call did; these are that call's numbers.
    record CancelledBefore(CancelCounts counts) implements Cancellation {}

    /// No message was open: the execution is as it was.
    record NothingOpen() implements Cancellation {
        @Override
        public CancelCounts counts() {
            return new CancelCounts(0, 0);
        }
    }

    /// Decides what a call comes to.
    ///
    /// @param before what an earlier call did; absent where none cancelled it
    /// @param fanOut [FanOutState#WRITTEN] where the call itself named the recipients
    /// @param found what is still to be sent, and what is in hand-over
    static Cancellation decide(
            @Nullable CancelCounts before, FanOutState fanOut, CancelCounts found) {
        return before == null ? first(fanOut, found) : new CancelledBefore(before);
    }

    /// Decides what the first call comes to: one that finds no message changes nothing, unless
    /// there is a fan-out to end, whose members may not be known yet.
    static Cancellation first(FanOutState fanOut, CancelCounts found) {
        return found.isNothing() && !fanOut.isUnfinished()
                ? new NothingOpen()
                : new Cancelled(found);
    }
}
