package io.campanile.application.secret;

import java.security.GeneralSecurityException;

import javax.crypto.Mac;

/// Digests of requests as they are stored: keyed hashes (HMAC, RFC 2104, with SHA-256). Requests
/// hold codes, passwords and addresses, which whoever reads the database could try one by one
/// against a hash without key. Thread-safe.
public final class RequestDigests {
    private static final String PURPOSE = "request digests/1";

    private final Mac prototype;

    /// Digests under a key that is derived from one that every node has.
    public RequestDigests(RootKey root) {
        try {
            this.prototype = Mac.getInstance(RootKey.HASH);
            prototype.init(root.hashKey(PURPOSE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + RootKey.HASH, e);
        }
    }

    /// The 32 bytes to be stored.
    ///
    /// @param plain hash of everything that tells one request from another
    public byte[] of(byte[] plain) {
        return copy().doFinal(plain);
    }

    /// Making one anew for each trigger would cost more than the digest.
    private Mac copy() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(RootKey.HASH + " of every JDK can be copied", e);
        }
    }
}
