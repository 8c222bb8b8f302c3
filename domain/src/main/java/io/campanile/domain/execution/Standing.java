package io.campanile.domain.execution;

import io.campanile.domain.broadcast.FanOutState;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What the state of an execution follows from.
///
/// @param scheduleTime absent for one that began at once
/// @param open messages that may still be handed over, or are still to be written
/// @param fanOut [FanOutState#WRITTEN] where the call itself named the recipients
/// @param paused whether anything holds it
/// @param halted whether that is its canary
public record Standing(
        boolean cancelled,
        @Nullable Instant scheduleTime,
        long open,
        FanOutState fanOut,
        boolean paused,
        boolean halted) {

    /// Where it stands. What it came to outweighs what holds it: a pause outlives the last message.
    public ExecutionState state(Instant now) {
        if (cancelled) {
            return ExecutionState.CANCELLED;
        }
        if (isSettled()) {
            return fanOut.isBrokenOff() ? ExecutionState.FAILED : ExecutionState.SUCCEEDED;
        }
        if (fanOut.isBrokenOff()) {
            return ExecutionState.RUNNING;
        }
        if (paused) {
            return halted ? ExecutionState.HALTED : ExecutionState.PAUSED;
        }
        return scheduleTime != null && now.isBefore(scheduleTime)
                ? ExecutionState.SCHEDULED
                : ExecutionState.RUNNING;
    }

    /// Whether nothing changes any more. Of one that was cancelled, messages may be in hand-over.
    public boolean isSettled() {
        return open == 0 && !fanOut.isUnfinished();
    }
}
