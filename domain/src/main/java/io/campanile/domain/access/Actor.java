package io.campanile.domain.access;

import io.campanile.domain.workspace.WorkspaceId;

/// Who did something: a key, which may belong to another workspace than what it changed, or
/// Campanile itself.
///
/// @param name the key's, `workspaces/{workspace}/apiKeys/{api_key}`, or `system`
public record Actor(String name) {
    /// The clock, the first start and other doings of the server.
    public static final Actor SYSTEM = new Actor("system");

    /// A key of the workspace.
    public static Actor key(WorkspaceId workspace, ApiKeyId key) {
        return new Actor(key.nameIn(workspace));
    }

    @Override
    public String toString() {
        return name;
    }
}
