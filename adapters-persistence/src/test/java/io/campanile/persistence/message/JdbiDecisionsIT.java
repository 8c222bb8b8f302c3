package io.campanile.persistence.message;

import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.DecisionsContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiDecisionsIT extends DecisionsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }
}
