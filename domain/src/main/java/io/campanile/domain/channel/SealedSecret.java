package io.campanile.domain.channel;

import java.util.Arrays;

/// A secret encrypted at rest, with the id of the key that opens it.
public record SealedSecret(String keyId, byte[] bytes) {
    @Override
    public boolean equals(Object other) {
        return other instanceof SealedSecret(String otherKey, byte[] otherBytes)
                && keyId.equals(otherKey)
                && Arrays.equals(bytes, otherBytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "[sealed with " + keyId + "]";
    }
}
