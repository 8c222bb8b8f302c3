package io.campanile.domain.consent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What somebody said last.
public enum ConsentState {
    GRANTED,
    DENIED,
    /// Asked for and not confirmed yet (double opt-in); not granted.
    PENDING;

    /// A caller's clock may be so far ahead of ours.
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    /// Why it cannot be recorded as said at that time; nothing when it can. A caller's clock may be
    /// ahead, and no refusal must be lost for that: a refusal that is a little ahead counts as said
    /// now. A yes is refused, because counting it as said now could put it behind a refusal that
    /// was really said after it.
    public Optional<String> fault(Instant time, Instant now) {
        if (!time.isAfter(Instant.EPOCH)) {
            return Optional.of("is not after 1970");
        }
        return time.isAfter(this == DENIED ? now.plus(MOST_SKEW) : now)
                ? Optional.of(
                        "is ahead, of a refusal by more than five minutes; leave it out for what"
                                + " is said now")
                : Optional.empty();
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
