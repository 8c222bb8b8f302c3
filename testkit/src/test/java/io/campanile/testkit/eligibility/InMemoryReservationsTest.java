package io.campanile.testkit.eligibility;

import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.ruleset.InMemoryRuleSets;
import io.campanile.testkit.store.InMemoryTransactions;

import java.time.InstantSource;

class InMemoryReservationsTest extends ReservationsContract {
    private final Stores stores = newStores();

    static Stores newStores() {
        return stores(
                new InMemoryWorkspaces(),
                new InMemoryRuleSets(),
                new InMemoryProfiles(),
                new InMemoryStore(InstantSource.system()));
    }

    private static Stores stores(
            InMemoryWorkspaces workspaces,
            InMemoryRuleSets ruleSets,
            InMemoryProfiles profiles,
            InMemoryStore store) {
        return new Stores(
                workspaces,
                ruleSets,
                profiles,
                new InMemoryTransactions(),
                new InMemoryRuleSource(ruleSets, workspaces, profiles, store.reservations()),
                store.reservations());
    }

    @Override
    protected Stores stores() {
        return stores;
    }
}
