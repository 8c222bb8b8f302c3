package io.campanile.domain.eligibility;

import io.campanile.domain.message.Reason;

/// What is decided about one recipient.
public sealed interface Decision {
    /// Nothing speaks against it.
    record Deliver() implements Decision {}

    /// The recipient gets nothing.
    ///
    /// @param remedy what would have to change, for people
    record Exclude(Reason reason, Evidence evidence, String remedy) implements Decision {}
}
