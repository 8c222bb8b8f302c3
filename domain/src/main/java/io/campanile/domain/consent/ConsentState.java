package io.campanile.domain.consent;

import java.time.Duration;
import java.time.Instant;

/// What somebody said last.
public enum ConsentState {
    GRANTED,
    DENIED,
    /// Asked for and not confirmed yet (double opt-in); not granted.
    PENDING;

    /// A caller's clock may be so far ahead of ours.
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    /// Whether it can have been said at that time. A caller's clock may be ahead, and no refusal
    /// must be lost for that. Only a refusal: it counts as said now, and a yes that did could come
    /// behind a refusal that was said after it.
    public boolean canBeSaidAt(Instant time, Instant now) {
        return !time.isAfter(this == DENIED ? now.plus(MOST_SKEW) : now);
    }

    /// Whether the person is still to say yes.
    public boolean isConfirmable() {
        return this == PENDING;
    }

    /// Whether it counts for somebody's address even after the person was erased.
    public boolean outlivesErasure() {
        return this == DENIED;
    }
}
