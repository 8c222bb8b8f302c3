package io.campanile.domain.access;

import io.campanile.domain.workspace.WorkspaceId;

import java.util.UUID;

/// Identifies a key without being secret.
public record ApiKeyId(UUID value) {
    /// The full name.
    public String nameIn(WorkspaceId workspace) {
        return "workspaces/" + workspace + "/apiKeys/" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
