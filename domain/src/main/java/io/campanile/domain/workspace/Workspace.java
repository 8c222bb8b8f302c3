package io.campanile.domain.workspace;

import java.time.Instant;

/// A tenant: owns campaigns, channel configurations and keys, and sees nothing of others.
public record Workspace(WorkspaceId id, String displayName, Instant createTime) {
    /// The full name, `workspaces/{workspace}`.
    public String name() {
        return "workspaces/" + id;
    }
}
