package io.campanile.domain.trigger;

import io.campanile.domain.message.MessageId;

import java.util.List;

/// What a trigger says about one of its recipients.
public sealed interface RecipientResult {
    /// Committed; the message settles later.
    record Accepted(MessageId message) implements RecipientResult {}

    /// Refused at once; nothing was stored but this result.
    record Rejected(List<FieldViolation> violations) implements RecipientResult {
        public Rejected {
            violations = List.copyOf(violations);
        }
    }
}
