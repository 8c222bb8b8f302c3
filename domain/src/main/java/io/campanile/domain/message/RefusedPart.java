package io.campanile.domain.message;

/// What of a message a provider refused.
public enum RefusedPart {
    /// Whom it comes from.
    SENDER,
    /// Whom it goes to.
    RECIPIENT,
    /// The address that it goes to, by the provider's words, though its code speaks of something else.
    ADDRESS,
    /// The message itself, or nobody knows what.
    CONTENT
}
