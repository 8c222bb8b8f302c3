package io.campanile.application.access;

import io.campanile.domain.access.ApiKey;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.UUID;

/// What a changing call on workspaces or keys came to.
public sealed interface AccessResult {
    /// A workspace and its first key.
    ///
    /// @param secret shown this once
    record WorkspaceCreated(Workspace workspace, ApiKey key, KeySecret secret)
            implements AccessResult {}

    /// The id is taken.
    record WorkspaceExists(WorkspaceId id) implements AccessResult {}

    /// The workspace as it is now; with `validate_only`, as it would be.
    record WorkspaceUpdated(Workspace workspace) implements AccessResult {}

    record WorkspaceNotFound(WorkspaceId id) implements AccessResult {}

    /// A new key.
    ///
    /// @param secret shown this once
    record KeyCreated(ApiKey key, KeySecret secret) implements AccessResult {}

    /// The key opens nothing any more; repeated, it answers the same.
    record KeyRevoked(ApiKey key) implements AccessResult {}

    record KeyNotFound(UUID id) implements AccessResult {}

    /// A key cannot expire in the past.
    record ExpireTimePassed(Instant expireTime) implements AccessResult {}

    /// It is the last key with the role `owner` in its workspace that does not expire: one day
    /// nobody could get in any more.
    record LastOwnerKey(ApiKey key) implements AccessResult {}
}
