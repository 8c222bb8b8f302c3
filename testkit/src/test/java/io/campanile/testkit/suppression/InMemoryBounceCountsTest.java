package io.campanile.testkit.suppression;

import io.campanile.application.store.port.Transactions;
import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryTransactions;

class InMemoryBounceCountsTest extends BounceCountsContract {
    private final BounceCounts counts = new InMemoryBounceCounts();
    private final Transactions transactions = new InMemoryTransactions();

    @Override
    protected BounceCounts counts() {
        return counts;
    }

    @Override
    protected Transactions transactions() {
        return transactions;
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        // Nothing refers to workspaces here.
    }
}
