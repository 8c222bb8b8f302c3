package io.campanile.application.delivery.port;

import io.campanile.domain.message.MessageId;

import java.util.Set;

/// What became of a batch of marks; a message in neither set was lost to another claim.
///
/// @param marked now in `SENDING`, theirs to hand over
/// @param released given back to the queue, because the campaign or its channel configuration holds
///   or cancels, or the configuration has changed
/// @param isOutdated whether some were, because the configuration has changed or holds: more marks
///   are in vain
public record MarkResult(Set<MessageId> marked, Set<MessageId> released, boolean isOutdated) {
    /// No message was marked: other claims have them all.
    public static final MarkResult NONE = new MarkResult(Set.of(), Set.of(), false);
}
