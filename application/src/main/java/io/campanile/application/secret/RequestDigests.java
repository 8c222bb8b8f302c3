package io.campanile.application.secret;

/// Digests of requests as they are stored: keyed hashes. Requests hold codes, passwords and
/// addresses, which whoever reads the database could try one by one against a hash without key.
/// Thread-safe.
public final class RequestDigests {
    private static final String PURPOSE = "request digests/1";

    private final KeyedHash hash;

    /// Digests under a key that is derived from one that every node has.
    public RequestDigests(RootKey root) {
        this.hash = new KeyedHash(root.hashKey(PURPOSE));
    }

    /// The 32 bytes to be stored.
    ///
    /// @param plain hash of everything that tells one request from another
    public byte[] of(byte[] plain) {
        return hash.of(plain);
    }
}
