package io.campanile.domain.consent;

/// What somebody said last.
public enum ConsentState {
    GRANTED,
    DENIED,
    /// Asked for and not confirmed yet (double opt-in); not granted.
    PENDING
}
