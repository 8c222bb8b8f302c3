package io.campanile.application.access;

import io.campanile.domain.access.ApiKey;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

/// What a changing call on workspaces or keys came to.
public sealed interface AccessResult {
    /// What the creation of a workspace came to.
    sealed interface OfNewWorkspace extends AccessResult {}

    /// What a change of a workspace came to.
    sealed interface OfWorkspace extends AccessResult {}

    /// What the creation of a key came to.
    sealed interface OfNewKey extends AccessResult {}

    /// What the revocation of a key came to.
    sealed interface OfRevocation extends AccessResult {}

    /// A workspace and its first key.
    ///
    /// @param secret shown this once
    record WorkspaceCreated(Workspace workspace, ApiKey key, KeySecret secret)
            implements OfNewWorkspace {}

    /// The id is taken.
    record WorkspaceExists(WorkspaceId id) implements OfNewWorkspace {}

    /// The workspace as it is now; with `validate_only`, as it would be.
    record WorkspaceUpdated(Workspace workspace) implements OfWorkspace {}

    record WorkspaceNotFound(WorkspaceId id) implements OfWorkspace {}

    /// A new key.
    ///
    /// @param secret shown this once
    record KeyCreated(ApiKey key, KeySecret secret) implements OfNewKey {}

    /// A key cannot expire in the past, nor later than there are times.
    record ExpireTimeOutOfRange() implements OfNewKey {}

    /// The key opens nothing any more; repeated, it answers the same.
    record KeyRevoked(ApiKey key) implements OfRevocation {}

    record KeyNotFound() implements OfRevocation {}

    /// It is the last key with the role `owner` in its workspace that does not expire: one day
    /// nobody could get in any more.
    record LastOwnerKey(ApiKey key) implements OfRevocation {}
}
