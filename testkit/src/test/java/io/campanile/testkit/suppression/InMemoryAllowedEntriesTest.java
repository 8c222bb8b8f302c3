package io.campanile.testkit.suppression;

import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.domain.workspace.WorkspaceId;

class InMemoryAllowedEntriesTest extends AllowedEntriesContract {
    private final AllowedEntries entries = new InMemoryAllowedEntries();

    @Override
    protected AllowedEntries entries() {
        return entries;
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        // Nothing refers to workspaces here.
    }
}
