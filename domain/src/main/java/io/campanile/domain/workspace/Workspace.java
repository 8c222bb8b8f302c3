package io.campanile.domain.workspace;

import java.time.Instant;

/// A tenant: owns campaigns, channel configurations and keys, and sees nothing of others.
///
/// @param emailsWhenUnset whether marketing by email goes to people who neither agreed nor refused
public record Workspace(
        WorkspaceId id, String displayName, Instant createTime, boolean emailsWhenUnset) {

    /// One that is made now, as careful as the law is: marketing needs consent that was given.
    public static Workspace created(WorkspaceId id, String displayName, Instant now) {
        return new Workspace(id, displayName, now, false);
    }

    /// The full name, `workspaces/{workspace}`.
    public String name() {
        return "workspaces/" + id;
    }
}
