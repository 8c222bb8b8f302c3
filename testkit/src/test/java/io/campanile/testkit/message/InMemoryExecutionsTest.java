package io.campanile.testkit.message;

import java.time.InstantSource;

class InMemoryExecutionsTest extends ExecutionsContract {
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());

    @Override
    protected StoreUnderTest store() {
        return store;
    }
}
