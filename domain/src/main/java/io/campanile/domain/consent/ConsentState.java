package io.campanile.domain.consent;

/// What somebody said last.
public enum ConsentState {
    GRANTED,
    DENIED,
    /// Asked for and not confirmed yet (double opt-in); not granted.
    PENDING;

    /// Whether the person is still to say yes.
    public boolean isConfirmable() {
        return this == PENDING;
    }

    /// Whether it counts for somebody's address even after the person was erased.
    public boolean outlivesErasure() {
        return this == DENIED;
    }
}
