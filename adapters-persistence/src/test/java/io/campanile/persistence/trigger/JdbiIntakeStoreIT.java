package io.campanile.persistence.trigger;

import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreUnderTest;
import io.campanile.testkit.trigger.IntakeStoreContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiIntakeStoreIT extends IntakeStoreContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }
}
