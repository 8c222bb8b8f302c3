package io.campanile.application.store.port;

import io.campanile.application.store.RequestId;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;

/// A changing request that took effect.
///
/// @param resource the full name of what it made or changed, such as
///   `workspaces/default/campaigns/receipt`; a repetition answers with that resource as it is then
public record LoggedRequest(
        WorkspaceId workspace, RequestId id, String resource, Instant createTime) {}
