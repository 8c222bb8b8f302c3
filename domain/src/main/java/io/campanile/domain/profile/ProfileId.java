package io.campanile.domain.profile;

import java.util.UUID;

/// The last part of `workspaces/{workspace}/profiles/{profile}`, a UUIDv7.
public record ProfileId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
