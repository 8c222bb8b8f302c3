package io.campanile.persistence.eligibility;

import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.eligibility.RuleSourceContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiRuleSourceIT extends RuleSourceContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected Stores stores() {
        return JdbiReservationsIT.stores(STORE);
    }
}
