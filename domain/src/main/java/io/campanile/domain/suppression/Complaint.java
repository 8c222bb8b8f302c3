package io.campanile.domain.suppression;

import io.campanile.domain.message.MessageId;

import java.time.Instant;

/// Whoever reads mail at an address called a message spam.
public record Complaint(BouncedAddress address, MessageId message, Instant time) {
    /// The entry that follows.
    public Suppression suppression(SuppressionId id) {
        return new Suppression(
                id,
                address.workspace(),
                address.target(),
                SuppressionReason.COMPLAINT,
                "workspaces/%s/messages/%s".formatted(address.workspace(), message),
                time,
                null);
    }
}
