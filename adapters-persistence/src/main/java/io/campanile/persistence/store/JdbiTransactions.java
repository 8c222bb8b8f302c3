package io.campanile.persistence.store;

import io.campanile.application.store.port.Transactions;
import io.campanile.persistence.Store;

import java.util.function.Supplier;

/// One transaction on this thread; adapters over the same [Store] join it.
public final class JdbiTransactions implements Transactions {
    private final Store store;

    public JdbiTransactions(Store store) {
        this.store = store;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        return store.inTransaction(_ -> work.get());
    }
}
