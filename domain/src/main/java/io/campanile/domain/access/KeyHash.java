package io.campanile.domain.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of a key, in hexadecimal: all that is stored of its secret. A key has 256 random bits,
/// so a slow hash would add nothing.
public record KeyHash(String hex) {
    public KeyHash {
        if (hex.length() != 64) {
            throw new IllegalArgumentException("not a SHA-256 in hexadecimal");
        }
    }

    public static KeyHash of(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return new KeyHash(
                    HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
