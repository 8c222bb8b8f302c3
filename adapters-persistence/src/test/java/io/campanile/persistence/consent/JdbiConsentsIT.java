package io.campanile.persistence.consent;

import io.campanile.application.consent.port.Consents;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.consent.ConsentsContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiConsentsIT extends ConsentsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected Consents consents() {
        return new JdbiConsents(STORE.database().store());
    }

    @Override
    protected Profiles profiles() {
        return new JdbiProfiles(STORE.database().store());
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
