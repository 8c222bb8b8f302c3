package io.campanile.application.secret.port;

import io.campanile.domain.channel.SealedSecret;

import java.util.UUID;

/// A secret and where it is kept.
///
/// @param id of the channel configuration or the message; [#ONLY_ONE] for the key of pseudonyms
public record KeptSecret(Kind kind, UUID id, SealedSecret sealed) {
    /// Before every id.
    public static final UUID START = new UUID(0, 0);

    public static final UUID ONLY_ONE = new UUID(0, 1);

    /// What keeps secrets.
    public enum Kind {
        /// The password of a relay.
        CHANNEL_CONFIGURATION,
        /// What the addresses of erased people are hashed with.
        PSEUDONYM_KEY,
        /// The sensitive context of an open message.
        MESSAGE
    }
}
