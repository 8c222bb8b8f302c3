package io.campanile.testkit.trigger;

import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.message.StoreUnderTest;

import java.time.InstantSource;

class InMemoryIntakeStoreTest extends IntakeStoreContract {
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());

    @Override
    protected StoreUnderTest store() {
        return store;
    }
}
