package io.campanile.domain.suppression;

import java.time.Duration;
import java.time.Instant;

/// How often mail to an address came to a soft bounce. A relay that takes a mail has not delivered
/// it yet, so that does not reset the count. Only a receipt that mail arrived does, or time.
///
/// @param lastTime of the last that counted
public record BounceCount(int bounces, Instant lastTime) {
    /// What comes sooner after the last that counted is the same trouble.
    public static final Duration APART = Duration.ofHours(24);

    /// For how long the last that counted is remembered.
    public static final Duration REMEMBERED = Duration.ofDays(180);

    public BounceCount {
        if (bounces < 1) {
            throw new IllegalArgumentException("nothing is counted: " + bounces);
        }
    }

    /// The count of an address that had none.
    public static BounceCount first(Instant time) {
        return new BounceCount(1, time);
    }

    /// The count with one more, if that counts.
    public BounceCount next(Instant time) {
        if (time.isBefore(lastTime.plus(APART))) {
            return this;
        }
        return time.isBefore(lastTime.plus(REMEMBERED))
                ? new BounceCount(bounces + 1, time)
                : first(time);
    }

    /// Whether mail that arrived then says that the address is in order again: receipts come in any
    /// order.
    public boolean isResetBy(Instant delivery) {
        return delivery.isAfter(lastTime);
    }
}
