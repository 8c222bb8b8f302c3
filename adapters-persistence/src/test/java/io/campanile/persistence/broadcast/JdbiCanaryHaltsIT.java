package io.campanile.persistence.broadcast;

import io.campanile.application.store.port.Transactions;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.message.CanaryHaltsContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiCanaryHaltsIT extends CanaryHaltsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }
}
