package io.campanile.domain.eligibility;

import io.campanile.domain.message.AttemptOutcome;

/// What becomes of a message's reservations when an outcome is recorded.
public enum ReservationFate {
    /// They stay as they are, if there are any.
    UNCHANGED,
    /// Others can have them: nothing was sent.
    GIVEN_BACK,
    /// They stay whatever follows: something may have been sent.
    KEPT;

    /// What becomes of those that an attempt was made with.
    public static ReservationFate after(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Taken _ -> UNCHANGED;
            case AttemptOutcome.Refused _, AttemptOutcome.Busy _, AttemptOutcome.NotBegun _ ->
                    GIVEN_BACK;
            case AttemptOutcome.Ambiguous _ -> KEPT;
        };
    }
}
