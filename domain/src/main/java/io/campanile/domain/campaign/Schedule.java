package io.campanile.domain.campaign;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// When a campaign may be triggered.
///
/// @param startTime not before this; at once when absent
/// @param endTime not from this on; without end when absent
public record Schedule(@Nullable Instant startTime, @Nullable Instant endTime) {
    public static final Schedule ALWAYS = new Schedule(null, null);

    public boolean hasStarted(Instant now) {
        return startTime == null || !now.isBefore(startTime);
    }

    public boolean hasEnded(Instant now) {
        return endTime != null && !now.isBefore(endTime);
    }
}
