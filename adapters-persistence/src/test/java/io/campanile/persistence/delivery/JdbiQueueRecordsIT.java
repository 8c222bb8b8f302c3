package io.campanile.persistence.delivery;

import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.delivery.QueueRecordsContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiQueueRecordsIT extends QueueRecordsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }
}
