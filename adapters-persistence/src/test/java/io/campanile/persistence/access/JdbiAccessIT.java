package io.campanile.persistence.access;

import io.campanile.application.access.port.ApiKeys;
import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.access.port.Workspaces;
import io.campanile.application.store.port.Transactions;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.access.AccessContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiAccessIT extends AccessContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected Workspaces workspaces() {
        return new JdbiWorkspaces(STORE.database().store());
    }

    @Override
    protected ApiKeys keys() {
        return new JdbiApiKeys(STORE.database().store());
    }

    @Override
    protected AuditEntries audit() {
        return new JdbiAuditEntries(STORE.database().store());
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }
}
