package io.campanile.persistence.erasure;

import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.OverlaidAddressesContract;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiOverlaidAddressesIT extends OverlaidAddressesContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }
}
