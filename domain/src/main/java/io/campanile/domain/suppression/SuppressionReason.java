package io.campanile.domain.suppression;

/// Why nothing is sent to an address or a domain.
public enum SuppressionReason {
    /// A person entered it.
    MANUAL,
    /// The address does not exist.
    HARD_BOUNCE,
    /// Mail to it was sent back again and again.
    SOFT_BOUNCES,
    /// Its owner reported mail as spam.
    COMPLAINT
}
