package io.campanile.domain.execution;

/// What cancelling an execution did.
///
/// @param cancelled messages that will not be handed over
/// @param inHandOver messages in `SENDING`, which may still go out
public record CancelCounts(long cancelled, long inHandOver) {
    /// What cancelling an execution comes to: what is not written is cancelled as well.
    ///
    /// @param open its messages that were open
    /// @param cancelled how many of those are cancelled now; the others are in hand-over
    /// @param leftToWrite how many more would have been written
    public static CancelCounts of(int open, int cancelled, long leftToWrite) {
        return new CancelCounts(cancelled + leftToWrite, open - cancelled);
    }

    boolean isNothing() {
        return cancelled == 0 && inHandOver == 0;
    }
}
