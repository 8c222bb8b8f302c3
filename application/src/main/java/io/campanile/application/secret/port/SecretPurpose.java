package io.campanile.application.secret.port;

/// What a secret is sealed for: it opens for nothing else. The names are part of how it is sealed,
/// so that none is ever changed.
public enum SecretPurpose {
    /// The password of a relay.
    CHANNEL_CONFIGURATION(false),
    /// The sensitive context of an open message.
    MESSAGE(false),
    /// What the addresses of erased people are hashed with.
    PSEUDONYM_KEY(true),
    /// What tokens of unsubscribe links and of questions for consent are sealed with.
    TOKEN_KEY(true);

    private final boolean key;

    SecretPurpose(boolean key) {
        this.key = key;
    }

    /// Whether it is a key, of which the whole store has one.
    public boolean isKey() {
        return key;
    }
}
