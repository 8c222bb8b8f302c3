package io.campanile.testkit.message;

import java.time.InstantSource;

class InMemoryMessagesTest extends MessagesContract {
    private final InMemoryStore store = new InMemoryStore(InstantSource.system());

    @Override
    protected StoreUnderTest store() {
        return store;
    }
}
