package io.campanile.testkit.profile;

import io.campanile.application.profile.port.ProfileImports;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryTransactions;

class InMemoryProfileImportsTest extends ProfileImportsContract {
    private final ProfileImports imports = new InMemoryProfileImports();
    private final Transactions transactions = new InMemoryTransactions();

    @Override
    protected ProfileImports imports() {
        return imports;
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
