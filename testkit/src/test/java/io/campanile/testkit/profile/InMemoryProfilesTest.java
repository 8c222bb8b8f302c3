package io.campanile.testkit.profile;

import io.campanile.application.profile.port.Profiles;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryTransactions;

class InMemoryProfilesTest extends ProfilesContract {
    private final Profiles profiles = new InMemoryProfiles();
    private final Transactions transactions = new InMemoryTransactions();

    @Override
    protected Profiles profiles() {
        return profiles;
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
