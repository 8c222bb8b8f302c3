package io.campanile.testkit.delivery;

import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.message.StoreUnderTest;

import java.time.InstantSource;

class InMemoryQueueRecordsTest extends QueueRecordsContract {
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());

    @Override
    protected StoreUnderTest store() {
        return store;
    }
}
