package io.campanile.application.secret;

import java.security.GeneralSecurityException;
import java.security.Key;

import javax.crypto.Mac;

/// Hashes under one key (HMAC, RFC 2104, with SHA-256). Thread-safe.
public final class KeyedHash {
    /// The algorithm, as the JDK calls it.
    public static final String ALGORITHM = "HmacSHA256";

    private final Mac prototype;

    /// Hashes under the key.
    ///
    /// @param key for [#ALGORITHM]
    public KeyedHash(Key key) {
        try {
            this.prototype = Mac.getInstance(ALGORITHM);
            prototype.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /// The hash, 32 bytes.
    public byte[] of(byte[] plain) {
        return copy().doFinal(plain);
    }

    /// Making one anew for each hash would cost more than the hash.
    private Mac copy() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(ALGORITHM + " of every JDK can be copied", e);
        }
    }
}
