package io.campanile.application.delivery.port;

import io.campanile.domain.message.MessageId;

import java.util.Set;

/// What became of a batch of marks; a message that is not among the marked was lost to another
/// claim, or given back to the queue.
///
/// @param marked now in `SENDING`, theirs to hand over
/// @param isOutdated whether some were given back because the configuration has changed or holds:
///   more marks are in vain
public record MarkResult(Set<MessageId> marked, boolean isOutdated) {
    /// No message was marked: other claims have them all.
    public static final MarkResult NONE = new MarkResult(Set.of(), false);
}
