package io.campanile.application.delivery;

import io.campanile.domain.eligibility.ReservationFate;
import io.campanile.domain.suppression.Bounce;

import java.util.Optional;

/// What follows from an outcome for others than the message; written with it.
///
/// @param fate what becomes of the message's reservations
/// @param bounce what it says about the address, if anything
record Consequences(ReservationFate fate, Optional<Bounce> bounce) {
    static final Consequences NONE = new Consequences(ReservationFate.UNCHANGED, Optional.empty());

    /// What follows for a message that nobody was asked to take.
    static Consequences of(ReservationFate fate) {
        return new Consequences(fate, Optional.empty());
    }
}
