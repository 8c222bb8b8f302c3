package io.campanile.persistence.message;

import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.ExecutionsContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiExecutionsIT extends ExecutionsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }
}
