package io.campanile.testkit.operation;

import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.message.StoreUnderTest;

import java.time.InstantSource;

class InMemoryPartitionsTest extends PartitionsContract {
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());

    @Override
    protected StoreUnderTest store() {
        return store;
    }
}
