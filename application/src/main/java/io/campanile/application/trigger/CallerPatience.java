package io.campanile.application.trigger;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/// How long somebody waits for an answer.
///
/// @param deadline when the caller stops waiting; absent for never
/// @param isGone whether the caller has stopped before; asked again and again while it waits
public record CallerPatience(@Nullable Instant deadline, BooleanSupplier isGone) {
    /// Of a caller who waits until the deadline.
    public static CallerPatience until(@Nullable Instant deadline) {
        return new CallerPatience(deadline, () -> false);
    }

    /// Whether the deadline has passed by this time.
    boolean isOverdue(Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }

    /// Whether nobody waits any more, for either reason.
    boolean isOver(Instant now) {
        return isGone.getAsBoolean() || isOverdue(now);
    }
}
