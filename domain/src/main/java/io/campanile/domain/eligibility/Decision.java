package io.campanile.domain.eligibility;

import io.campanile.domain.message.Reason;

import java.time.Instant;

/// What is decided about one recipient.
public sealed interface Decision {
    /// Nothing speaks against it.
    record Deliver() implements Decision {}

    /// The recipient gets nothing.
    ///
    /// @param remedy what would have to change, for people
    record Exclude(Reason reason, Evidence evidence, String remedy) implements Decision {}

    /// The recipient gets it later: then everything is decided anew.
    ///
    /// @param until the message must not be handed over before
    record Defer(Instant until, Reason reason, Evidence evidence) implements Decision {}
}
