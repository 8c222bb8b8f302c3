package io.campanile.application.consent;

import io.campanile.application.secret.RootKey;

import java.security.SecureRandom;

/// The store's key for tokens of unsubscribe links and of questions for consent. Those are in mails
/// that nobody can write anew, so that it outlives every secret key. Thread-safe.
public final class TokenKey {
    /// In front of each token, so that another key may follow and this one still open what it
    /// sealed.
    private static final byte NUMBER = 1;

    private final RootKey key;
    private final SecureRandom random;

    /// A key of [RootKey#BYTES] bytes.
    public TokenKey(byte[] key, SecureRandom random) {
        this.key = new RootKey(key);
        this.random = random;
    }

    /// @param kind tells them from all others; theirs is a key of its own
    /// @param texts how many each holds
    SealedTokens tokens(String kind, int texts) {
        return new SealedTokens(NUMBER, key.sealingKey(kind, random), texts);
    }
}
