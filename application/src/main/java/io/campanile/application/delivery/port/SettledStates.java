package io.campanile.application.delivery.port;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;

import java.util.Collection;
import java.util.Map;

/// Looks at messages that other nodes deliver, or that nobody delivers yet. Thread-safe.
public interface SettledStates {
    /// The states of those of the messages that have settled.
    Map<MessageId, MessageState> settledAmong(Collection<MessageId> messages);

    /// The state of each of the messages, settled or open. One that a node has claimed is due when
    /// the claim ends.
    Map<MessageId, MessageState> statesOf(Collection<MessageId> messages);
}
