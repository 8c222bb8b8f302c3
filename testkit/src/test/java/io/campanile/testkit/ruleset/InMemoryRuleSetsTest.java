package io.campanile.testkit.ruleset;

import io.campanile.application.ruleset.port.RuleSets;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryTransactions;

class InMemoryRuleSetsTest extends RuleSetsContract {
    private final RuleSets ruleSets = new InMemoryRuleSets();
    private final Transactions transactions = new InMemoryTransactions();

    @Override
    protected RuleSets ruleSets() {
        return ruleSets;
    }

    @Override
    protected Transactions transactions() {
        return transactions;
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        // In memory, rule sets do not ask for it.
    }
}
