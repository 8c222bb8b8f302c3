package io.campanile.application.delivery;

/// What becomes of a message's reservations when an outcome is recorded.
enum ReservationFate {
    /// Nothing: they stay, or there are none.
    NONE,
    /// Others can have them: nothing was sent.
    GIVEN_BACK,
    /// They stay whatever follows: something may have been sent.
    KEPT
}
