package io.campanile.persistence.operation;

import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.operation.BacklogsContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiBacklogsIT extends BacklogsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }
}
