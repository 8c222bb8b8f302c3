package io.campanile.persistence.suppression;

import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.suppression.SuppressionsContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiSuppressionsIT extends SuppressionsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected Suppressions suppressions() {
        return new JdbiSuppressions(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }
}
