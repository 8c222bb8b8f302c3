package io.campanile.testkit.suppression;

import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.workspace.WorkspaceId;

class InMemorySuppressionsTest extends SuppressionsContract {
    private final Suppressions suppressions = new InMemorySuppressions();

    @Override
    protected Suppressions suppressions() {
        return suppressions;
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        // Nothing refers to workspaces here.
    }
}
