package io.campanile.persistence.message;

import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.MessagesContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiMessagesIT extends MessagesContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }
}
