package io.campanile.application.secret;

/// Whether a node has the keys that the store's secrets are encrypted with.
public sealed interface KeyFit {
    record Fits() implements KeyFit {}

    /// It lacks one.
    record Lacks(String keyId) implements KeyFit {}

    /// It has another one of the same name.
    record Differs(String keyId) implements KeyFit {}
}
