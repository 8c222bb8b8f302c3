package io.campanile.application.secret.port;

import io.campanile.domain.channel.SealedSecret;

import java.util.UUID;

/// A secret and where it is kept.
///
/// @param id of the channel configuration or the message; [#ONLY_ONE] for a key
public record KeptSecret(SecretPurpose purpose, UUID id, SealedSecret sealed) {
    /// Before every id.
    public static final UUID START = new UUID(0, 0);

    public static final UUID ONLY_ONE = new UUID(0, 1);
}
