package io.campanile.application.trigger.port;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Identity;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A message about to be stored.
///
/// @param recipientIndex its place in the request
/// @param address where the call sends it; absent when it leaves that to the profile
/// @param payload encoded by [PayloadCodec]
/// @param sensitive the encoded sensitive part of the payload, encrypted; erased at settlement
/// @param dueTime when it may be sent; with `kept`, when the accepting node's claim ends
/// @param scheduled whether it waits for a `schedule_time`
/// @param kept whether the accepting node keeps it for delivery at once
public record NewMessage(
        MessageId id,
        int recipientIndex,
        Identity identity,
        @Nullable EmailAddress address,
        byte[] payload,
        @Nullable SealedSecret sensitive,
        Lane lane,
        Instant dueTime,
        Instant expireTime,
        boolean scheduled,
        boolean kept) {

    @Override
    public String toString() {
        return "NewMessage[" + id + "]";
    }
}
