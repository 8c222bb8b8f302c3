package io.campanile.domain.execution;

/// Where an execution stands; the same names as in the API.
public enum ExecutionState {
    /// Waits for the time it is scheduled for.
    SCHEDULED,
    /// A message is open, or is going to be written.
    RUNNING,
    /// Somebody holds it.
    PAUSED,
    /// Its canary holds it.
    HALTED,
    /// No message is open, whatever the outcomes.
    SUCCEEDED,
    /// Not every member got a message, though nobody cancelled it, and no message is open.
    FAILED,
    /// Somebody cancelled it; messages that were in hand-over then may still be open.
    CANCELLED
}
