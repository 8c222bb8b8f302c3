package io.campanile.domain.suppression;

import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.ProviderReply;

import java.time.Instant;

/// A provider refused a message for its address, or sent it back.
public record Bounce(
        BouncedAddress address,
        BounceKind kind,
        MessageId message,
        ProviderReply reply,
        Instant time) {

    /// The entry that follows when it is too much.
    public Suppression suppression(SuppressionId id, SuppressionReason reason) {
        return new Suppression(
                id, address.workspace(), address.target(), reason, note(), time, null);
    }

    /// Which message, and what the provider said.
    private String note() {
        return "workspaces/%s/messages/%s: %s".formatted(address.workspace(), message, reply);
    }
}
