package io.campanile.application.message.port;

import io.campanile.domain.broadcast.CanaryWatch;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.Progress;
import io.campanile.domain.broadcast.WriteRate;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What an execution for an audience has besides.
///
/// @param audience the last part of its name
/// @param planned its members when it began; 0 before
/// @param written how many of them have a message; the others are among the execution's counts all
///   the same
/// @param startTime nothing was written before
/// @param settledLately how many of its messages settled within [Progress#WINDOW], by the store's
///   clock
/// @param canary present when a part goes first
public record BroadcastView(
        String audience,
        FanOutState state,
        boolean paused,
        long planned,
        long written,
        Instant startTime,
        WriteRate rate,
        long settledLately,
        @Nullable CanaryWatch canary) {

    /// Whether its canary halted it, and nobody resumed it.
    public boolean isHalted() {
        return canary != null && canary.isHalted();
    }

    /// How fast it goes.
    ///
    /// @param open of its messages
    public Progress progress(long open, Instant now) {
        boolean unjudged = state.isUnfinished() && canary != null && canary.isPending();
        return Progress.of(settledLately, open, startTime, paused || unjudged, now);
    }
}
