package io.campanile.domain.audience;

import java.util.UUID;

/// Identifies an audience inside Campanile, for good.
public record AudienceId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
