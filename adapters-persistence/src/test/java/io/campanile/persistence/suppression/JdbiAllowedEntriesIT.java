package io.campanile.persistence.suppression;

import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.suppression.AllowedEntriesContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiAllowedEntriesIT extends AllowedEntriesContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected AllowedEntries entries() {
        return new JdbiAllowedEntries(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }
}
