package io.campanile.testkit.operation;

import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.message.StoreUnderTest;

import java.time.InstantSource;

class InMemoryBacklogsTest extends BacklogsContract {
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());

    @Override
    protected StoreUnderTest store() {
        return store;
    }
}
