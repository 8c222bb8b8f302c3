package io.campanile.domain.workspace;

import java.time.Instant;

/// A tenant: owns campaigns, channel configurations and keys, and sees nothing of others.
///
/// @param emailsWhenUnset whether marketing by email goes to people who neither agreed nor refused
/// @param allowedListOn whether nothing is sent but to the allowed list
public record Workspace(
        WorkspaceId id,
        String displayName,
        Instant createTime,
        boolean emailsWhenUnset,
        boolean allowedListOn) {

    /// One that is made now, as careful as the law is: marketing needs consent that was given.
    public static Workspace created(WorkspaceId id, String displayName, Instant now) {
        return new Workspace(id, displayName, now, false, false);
    }

    /// The full name, `workspaces/{workspace}`.
    public String name() {
        return "workspaces/" + id;
    }
}
