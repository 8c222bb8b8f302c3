package io.campanile.domain.suppression;

import java.util.UUID;

/// The last part of `workspaces/{workspace}/suppressions/{suppression}`, a UUIDv7.
public record SuppressionId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
