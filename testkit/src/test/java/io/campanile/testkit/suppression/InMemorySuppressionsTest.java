package io.campanile.testkit.suppression;

import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.eligibility.InMemoryFactSource;

class InMemorySuppressionsTest extends SuppressionsContract {
    private final Suppressions suppressions = new InMemorySuppressions();
    private final FactSource facts = new InMemoryFactSource(suppressions);

    @Override
    protected Suppressions suppressions() {
        return suppressions;
    }

    @Override
    protected FactSource facts() {
        return facts;
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        // Nothing refers to workspaces here.
    }
}
