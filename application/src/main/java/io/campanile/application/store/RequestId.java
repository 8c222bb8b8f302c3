package io.campanile.application.store;

import java.util.Arrays;

/// What a caller calls a changing request, so that repeating it within 7 days repeats the answer
/// and not the effect (AIP-155).
///
/// @param value 1 to 128 printable characters
/// @param digest of method and request without the id: another request under the same id is
///   refused. Plain as a call brings it, and under a key as it is stored
public record RequestId(String value, byte[] digest) {
    @Override
    public boolean equals(Object other) {
        return other instanceof RequestId(String otherValue, byte[] otherDigest)
                && value.equals(otherValue)
                && Arrays.equals(digest, otherDigest);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
