package io.campanile.testkit.access;

import io.campanile.application.access.port.ApiKeys;
import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.access.port.Workspaces;
import io.campanile.application.store.port.Transactions;
import io.campanile.testkit.store.InMemoryTransactions;

class InMemoryAccessTest extends AccessContract {
    private final Workspaces workspaces = new InMemoryWorkspaces();
    private final ApiKeys keys = new InMemoryApiKeys();
    private final AuditEntries audit = new InMemoryAuditEntries();
    private final Transactions transactions = new InMemoryTransactions();

    @Override
    protected Workspaces workspaces() {
        return workspaces;
    }

    @Override
    protected ApiKeys keys() {
        return keys;
    }

    @Override
    protected AuditEntries audit() {
        return audit;
    }

    @Override
    protected Transactions transactions() {
        return transactions;
    }
}
