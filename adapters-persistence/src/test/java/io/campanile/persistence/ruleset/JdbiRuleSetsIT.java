package io.campanile.persistence.ruleset;

import io.campanile.application.ruleset.port.RuleSets;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.ruleset.RuleSetsContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiRuleSetsIT extends RuleSetsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected RuleSets ruleSets() {
        return new JdbiRuleSets(STORE.database().store());
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }
}
