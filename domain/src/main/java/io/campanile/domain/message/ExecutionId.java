package io.campanile.domain.message;

import java.util.UUID;

/// What one trigger started; a UUIDv7.
public record ExecutionId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
