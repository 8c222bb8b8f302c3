package io.campanile.domain.access;

import java.util.UUID;

/// Identifies a key without being secret.
public record ApiKeyId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
