package io.campanile.domain.suppression;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// What of a suppression a decision needs: neither whom it names nor what was noted about them.
///
/// @param entry where it stands
/// @param since when it was entered
/// @param expireTime from when on it has no effect; never when absent
public record SuppressionFact(
        SuppressionId entry,
        SuppressionReason reason,
        Instant since,
        @Nullable Instant expireTime) {

    /// The one of the two that has an effect for longer.
    public SuppressionFact orLonger(@Nullable SuppressionFact other) {
        return other == null || (other.expireTime != null && isInForce(other.expireTime))
                ? this
                : other;
    }

    public boolean isInForce(Instant now) {
        return expireTime == null || now.isBefore(expireTime);
    }
}
