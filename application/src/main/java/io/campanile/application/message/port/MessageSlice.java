package io.campanile.application.message.port;

import io.campanile.domain.message.MessageId;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Some of the messages that were asked for. There may be fewer than there could be, or none,
/// although more are further on: only so many are looked at for an answer.
///
/// @param next behind which to go on; absent when all were looked at
public record MessageSlice(List<MessageView> messages, @Nullable MessageId next) {
    public MessageSlice {
        messages = List.copyOf(messages);
    }
}
