package io.campanile.application.message.port;

/// What became of the wish to cancel an execution.
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
}
