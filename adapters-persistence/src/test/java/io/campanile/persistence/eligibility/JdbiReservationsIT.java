package io.campanile.persistence.eligibility;

import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.access.JdbiWorkspaces;
import io.campanile.persistence.delivery.JdbiReservations;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.persistence.ruleset.JdbiRuleSets;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.eligibility.ReservationsContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiReservationsIT extends ReservationsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected Stores stores() {
        return stores(STORE);
    }

    static Stores stores(StoreExtension extension) {
        Store store = extension.database().store();
        Store hot = extension.database().hot();
        return new Stores(
                new JdbiWorkspaces(store),
                new JdbiRuleSets(store),
                new JdbiProfiles(store),
                new JdbiTransactions(hot),
                new JdbiRuleSource(hot),
                new JdbiReservations(hot));
    }
}
