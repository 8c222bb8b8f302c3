package io.campanile.testkit.eligibility;

import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.ruleset.InMemoryRuleSets;
import io.campanile.testkit.store.InMemoryTransactions;

import java.time.InstantSource;

class InMemoryReservationsTest extends ReservationsContract {
    private final Stores stores =
            stores(
                    new InMemoryRuleSets(),
                    new InMemoryProfiles(),
                    new InMemoryStore(InstantSource.system()));

    private static Stores stores(
            InMemoryRuleSets ruleSets, InMemoryProfiles profiles, InMemoryStore store) {
        return new Stores(
                ruleSets,
                profiles,
                new InMemoryTransactions(),
                new InMemoryRuleSource(ruleSets, profiles, store.reservations()),
                store.reservations());
    }

    @Override
    protected Stores stores() {
        return stores;
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        // In memory, rule sets do not ask for it.
    }
}
