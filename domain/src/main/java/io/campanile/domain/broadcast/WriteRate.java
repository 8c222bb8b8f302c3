package io.campanile.domain.broadcast;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// How fast the messages of a broadcast may be written: on its own time line, which each chunk
/// moves on by the time it is worth. In any `t` seconds no more than `t + 1` seconds' worth and one
/// chunk are written, whoever writes them.
///
/// @param perSecond messages; 0 for as fast as they are delivered
public record WriteRate(double perSecond) {
    public static final WriteRate UNLIMITED = new WriteRate(0);

    private static final double LOWEST = 0.001;

    private static final int CHUNKS_IN_A_SECOND = 4;

    /// What may be caught up on: enough for a node that was late, and no pause.
    private static final Duration MOST_BEHIND = Duration.ofSeconds(1);

    public WriteRate {
        if (perSecond != 0 && !(perSecond >= LOWEST && Double.isFinite(perSecond))) {
            throw new IllegalArgumentException("no rate: " + perSecond);
        }
    }

    /// Whether the next chunk may be written.
    ///
    /// @param nextTime where the time line has come to; absent before the first chunk
    public boolean allows(@Nullable Instant nextTime, Instant now) {
        return nextTime == null || !now.isBefore(nextTime) || isSetBack(nextTime, now);
    }

    /// No chunk moves the line further ahead: the clock was set back since, and the line begins
    /// anew.
    private boolean isSetBack(Instant nextTime, Instant now) {
        return nextTime.isAfter(worthOf(chunk(), now));
    }

    private Instant worthOf(long messages, Instant start) {
        return start.plusNanos(Math.round(messages / perSecond * 1e9));
    }

    /// The most messages of one chunk; small, so that they flow evenly.
    public long chunk() {
        return perSecond == 0
                ? Long.MAX_VALUE
                : Math.max(1, (long) (perSecond / CHUNKS_IN_A_SECOND));
    }

    /// Where the time line comes to with a chunk; absent without a limit.
    public @Nullable Instant after(long messages, @Nullable Instant nextTime, Instant now) {
        if (perSecond == 0) {
            return null;
        }
        if (nextTime == null || isSetBack(nextTime, now)) {
            return worthOf(messages, now);
        }
        Instant earliest = now.minus(MOST_BEHIND);
        return worthOf(messages, nextTime.isAfter(earliest) ? nextTime : earliest);
    }
}
