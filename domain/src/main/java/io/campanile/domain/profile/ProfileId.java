package io.campanile.domain.profile;

import io.campanile.domain.workspace.WorkspaceId;

import java.util.UUID;

/// The last part of `workspaces/{workspace}/profiles/{profile}`, a UUIDv7.
public record ProfileId(UUID value) {
    /// The full name.
    public String nameIn(WorkspaceId workspace) {
        return "workspaces/" + workspace + "/profiles/" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
