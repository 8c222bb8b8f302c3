package io.campanile.domain.broadcast;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How fast the messages of a broadcast settle, and when the last one will have.
///
/// @param perSecond over the last [#WINDOW], or since the beginning
/// @param endTime at this speed, to the second; absent when nobody can tell
public record Progress(double perSecond, @Nullable Instant endTime) {
    /// Speed is measured over this.
    public static final Duration WINDOW = Duration.ofMinutes(1);

    private static final double SHORTEST_SECONDS = 1;

    /// Further away is as good as unknown.
    private static final double LONGEST_SECONDS = Duration.ofDays(3_650).toSeconds();

    /// The progress that follows from what was counted.
    ///
    /// @param settled in the last window
    /// @param open messages, written or not
    /// @param startTime before which nothing was written
    /// @param held whether something keeps the open ones from being sent for now
    public static Progress of(
            long settled, long open, Instant startTime, boolean held, Instant now) {
        double seconds =
                Math.clamp(
                        Duration.between(startTime, now).toMillis() / 1_000.0,
                        SHORTEST_SECONDS,
                        (double) WINDOW.toSeconds());
        double perSecond = settled / seconds;
        double left = open / perSecond;
        return held || open == 0 || !(left < LONGEST_SECONDS)
                ? new Progress(perSecond, null)
                : new Progress(perSecond, end(now, left));
    }

    private static Instant end(Instant now, double secondsLeft) {
        return now.plusSeconds((long) Math.ceil(secondsLeft)).truncatedTo(ChronoUnit.SECONDS);
    }
}
