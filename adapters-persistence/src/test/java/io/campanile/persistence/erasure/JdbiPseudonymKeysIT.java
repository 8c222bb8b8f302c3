package io.campanile.persistence.erasure;

import io.campanile.application.erasure.port.PseudonymKeys;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.erasure.PseudonymKeysContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiPseudonymKeysIT extends PseudonymKeysContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected PseudonymKeys keys() {
        return new JdbiPseudonymKeys(STORE.database().store());
    }
}
