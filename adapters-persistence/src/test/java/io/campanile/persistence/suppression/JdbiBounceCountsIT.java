package io.campanile.persistence.suppression;

import io.campanile.application.store.port.Transactions;
import io.campanile.application.suppression.port.BounceCounts;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.suppression.BounceCountsContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiBounceCountsIT extends BounceCountsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected BounceCounts counts() {
        return new JdbiBounceCounts(STORE.database().store());
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
