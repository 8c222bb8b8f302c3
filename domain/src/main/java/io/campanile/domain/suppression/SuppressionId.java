package io.campanile.domain.suppression;

import io.campanile.domain.workspace.WorkspaceId;

import java.util.UUID;

/// The last part of `workspaces/{workspace}/suppressions/{suppression}`, a UUIDv7.
public record SuppressionId(UUID value) {
    /// The full name.
    public String nameIn(WorkspaceId workspace) {
        return "workspaces/" + workspace + "/suppressions/" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
