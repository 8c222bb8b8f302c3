package io.campanile.testkit.store;

import io.campanile.domain.workspace.WorkspaceId;

import java.util.UUID;

/// Workspaces of a test's own, so that tests can share a store.
public final class OwnWorkspaces {
    private OwnWorkspaces() {}

    /// One that no other test has.
    public static WorkspaceId next() {
        return new WorkspaceId("w-" + UUID.randomUUID().toString().substring(0, 13));
    }
}
