package io.campanile.persistence.profile;

import io.campanile.application.profile.port.ProfileImports;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.profile.ProfileImportsContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiProfileImportsIT extends ProfileImportsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected ProfileImports imports() {
        return new JdbiProfileImports(STORE.database().store());
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
