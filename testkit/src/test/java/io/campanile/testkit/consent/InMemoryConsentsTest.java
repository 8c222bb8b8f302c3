package io.campanile.testkit.consent;

import io.campanile.application.consent.port.Consents;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.store.InMemoryTransactions;

class InMemoryConsentsTest extends ConsentsContract {
    private final Consents consents = new InMemoryConsents();
    private final Profiles profiles = new InMemoryProfiles();
    private final Transactions transactions = new InMemoryTransactions();

    @Override
    protected Consents consents() {
        return consents;
    }

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
