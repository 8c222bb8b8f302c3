package io.campanile.domain.eligibility;

import io.campanile.domain.message.Reason;

/// What the rules say about one recipient.
public sealed interface Decision {
    /// Nothing speaks against it.
    record Deliver() implements Decision {}

    /// The recipient gets nothing.
    record Exclude(Reason reason, Evidence evidence) implements Decision {}
}
