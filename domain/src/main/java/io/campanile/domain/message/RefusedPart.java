package io.campanile.domain.message;

/// What of a message a provider refused.
public enum RefusedPart {
    /// Whom it comes from.
    SENDER,
    /// Whom it goes to.
    RECIPIENT,
    /// The address that it goes to, by the provider's words, whatever its code speaks of.
    ADDRESS,
    /// The message itself, or nobody knows what.
    CONTENT
}
