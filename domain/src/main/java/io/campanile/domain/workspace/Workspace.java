package io.campanile.domain.workspace;

import java.time.Instant;

/// A tenant: owns campaigns, channel configurations and keys, and sees nothing of others.
///
/// @param version raised by every change; the etag
public record Workspace(
        WorkspaceId id, String displayName, long version, Instant createTime, Instant updateTime) {

    public Workspace renamed(String newDisplayName, Instant now) {
        return new Workspace(id, newDisplayName, version + 1, createTime, now);
    }

    /// The full name, `workspaces/{workspace}`.
    public String name() {
        return "workspaces/" + id;
    }
}
