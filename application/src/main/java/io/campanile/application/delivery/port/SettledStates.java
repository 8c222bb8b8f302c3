package io.campanile.application.delivery.port;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;

import java.util.Collection;
import java.util.Map;

/// Looks at messages other nodes deliver. Thread-safe.
public interface SettledStates {
    /// The states of those of the messages that have settled.
    Map<MessageId, MessageState> settledAmong(Collection<MessageId> messages);
}
