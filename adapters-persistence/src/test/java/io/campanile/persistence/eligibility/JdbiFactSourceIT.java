package io.campanile.persistence.eligibility;

import io.campanile.application.erasure.Pseudonyms;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.access.JdbiWorkspaces;
import io.campanile.persistence.consent.JdbiConsents;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.persistence.suppression.JdbiAllowedEntries;
import io.campanile.persistence.suppression.JdbiSuppressions;
import io.campanile.testkit.eligibility.FactSourceContract;
import io.campanile.testkit.erasure.InMemoryPseudonymKeys;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiFactSourceIT extends FactSourceContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final Pseudonyms PSEUDONYMS = InMemoryPseudonymKeys.pseudonyms();

    @Override
    protected Stores stores() {
        Store store = STORE.database().store();
        return new Stores(
                new JdbiWorkspaces(store),
                new JdbiProfiles(store),
                new JdbiConsents(store),
                new JdbiSuppressions(store),
                new JdbiAllowedEntries(store),
                PSEUDONYMS,
                new JdbiFactSource(STORE.database().hot(), PSEUDONYMS));
    }
}
