package io.campanile.persistence.erasure;

import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.MessageErasuresContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiMessageErasuresIT extends MessageErasuresContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }
}
