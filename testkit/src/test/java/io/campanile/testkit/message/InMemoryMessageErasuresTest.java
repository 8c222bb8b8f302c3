package io.campanile.testkit.message;

import java.time.InstantSource;

class InMemoryMessageErasuresTest extends MessageErasuresContract {
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());

    @Override
    protected StoreUnderTest store() {
        return store;
    }
}
