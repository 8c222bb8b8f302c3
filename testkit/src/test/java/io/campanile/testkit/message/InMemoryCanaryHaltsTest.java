package io.campanile.testkit.message;

import io.campanile.application.store.port.Transactions;
import io.campanile.testkit.store.InMemoryTransactions;

import java.time.InstantSource;

class InMemoryCanaryHaltsTest extends CanaryHaltsContract {
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());
    private final Transactions transactions = new InMemoryTransactions();

    @Override
    protected StoreUnderTest store() {
        return store;
    }

    @Override
    protected Transactions transactions() {
        return transactions;
    }
}
