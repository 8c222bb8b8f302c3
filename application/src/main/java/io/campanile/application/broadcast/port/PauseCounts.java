package io.campanile.application.broadcast.port;

import io.campanile.domain.broadcast.Broadcast;

/// What pausing found.
///
/// @param held messages that wait now, written or not
/// @param inHandOver messages in `SENDING`, which may still go out
/// @param pausedBefore whether it was paused already
public record PauseCounts(long held, long inHandOver, boolean pausedBefore) {
    /// What pausing a broadcast comes to: what is not written waits as well.
    ///
    /// @param broadcast before it was paused
    /// @param open its messages that are open
    /// @param held how many of those wait now; the others are in hand-over
    public static PauseCounts of(Broadcast broadcast, int open, int held) {
        return new PauseCounts(held + broadcast.leftToWrite(), open - held, broadcast.paused());
    }
}
