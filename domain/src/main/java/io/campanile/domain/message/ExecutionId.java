package io.campanile.domain.message;

import io.campanile.domain.workspace.WorkspaceId;

import java.util.UUID;

/// What one trigger started; a UUIDv7.
public record ExecutionId(UUID value) {
    /// The full name.
    public String nameIn(WorkspaceId workspace) {
        return "workspaces/" + workspace + "/executions/" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
