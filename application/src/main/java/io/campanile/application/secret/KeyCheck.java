package io.campanile.application.secret;

/// Whether a node has the keys that the store's secrets are encrypted with.
public sealed interface KeyCheck {
    record Fits() implements KeyCheck {}

    /// It lacks one.
    record Lacks(String keyId) implements KeyCheck {}

    /// It has another one of the same name.
    record Differs(String keyId) implements KeyCheck {}
}
