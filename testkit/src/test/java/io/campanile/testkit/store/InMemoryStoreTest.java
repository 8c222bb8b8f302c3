package io.campanile.testkit.store;

import io.campanile.application.store.port.ChangeSignal;
import io.campanile.application.store.port.RequestLog;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.WorkspaceId;

class InMemoryStoreTest extends StoreContract {
    private final Transactions transactions = new InMemoryTransactions();
    private final RequestLog requests = new InMemoryRequestLog();
    private final ChangeSignal signal = new InMemoryChangeSignal();

    @Override
    protected Transactions transactions() {
        return transactions;
    }

    @Override
    protected RequestLog requests() {
        return requests;
    }

    @Override
    protected ChangeSignal signal() {
        return signal;
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {}
}
