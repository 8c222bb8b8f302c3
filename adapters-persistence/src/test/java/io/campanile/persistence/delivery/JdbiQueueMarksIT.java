package io.campanile.persistence.delivery;

import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.delivery.QueueMarksContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiQueueMarksIT extends QueueMarksContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }
}
