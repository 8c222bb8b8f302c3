package io.campanile.application.message.port;

import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Something that happened to a message: it came into a state.
///
/// @param number 0 for the acceptance, then counting up
/// @param attempts how often it had been marked by then
public record MessageEvent(
        int number,
        MessageState.Kind state,
        @Nullable Reason reason,
        int attempts,
        ProviderReply reply,
        Instant time) {}
