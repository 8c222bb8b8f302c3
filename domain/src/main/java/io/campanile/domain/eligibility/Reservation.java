package io.campanile.domain.eligibility;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.message.MessageId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A message that was handed over, or is about to be, under a rule set.
///
/// @param message which one; absent where only their number matters
public record Reservation(@Nullable MessageId message, Channel channel, Instant time) {
    public Reservation(Channel channel, Instant time) {
        this(null, channel, time);
    }
}
