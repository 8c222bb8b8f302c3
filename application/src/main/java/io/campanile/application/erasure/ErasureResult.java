package io.campanile.application.erasure;

/// What came of asking to erase somebody.
public sealed interface ErasureResult {
    /// Nothing but their messages names them any more, and those follow.
    ///
    /// @param cancelled how many open messages were cancelled; 0 when nothing was to be changed
    record Erased(int cancelled) implements ErasureResult {}

    record NotFound() implements ErasureResult {}
}
