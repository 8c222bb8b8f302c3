package io.campanile.testkit.message;

import java.time.InstantSource;

class InMemoryOverlaidAddressesTest extends OverlaidAddressesContract {
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());

    @Override
    protected StoreUnderTest store() {
        return store;
    }
}
