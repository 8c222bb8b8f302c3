package io.campanile.application.message.port;

import io.campanile.domain.broadcast.CanaryWatch;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.Progress;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.message.Reason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/// What an execution for an audience has besides.
///
/// @param audience the last part of its name
/// @param planned its members when it began; 0 before
/// @param written how many of them have a message; the others are among the execution's counts all
///   the same
/// @param startTime nothing was written before
/// @param settledLately how many of its messages settled within [Progress#WINDOW], by the store's
///   clock
/// @param reasons its settled messages by why, where their state does not say all
/// @param complained messages that somebody complained about
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
        Map<Reason, Long> reasons,
        long complained,
        @Nullable CanaryWatch canary) {
    public BroadcastView {
        reasons = Map.copyOf(reasons);
    }

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
