package io.campanile.testkit.eligibility;

import io.campanile.application.consent.Pseudonyms;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.suppression.InMemoryAllowedEntries;
import io.campanile.testkit.suppression.InMemorySuppressions;

class InMemoryFactSourceTest extends FactSourceContract {
    private final Stores stores = stores(new InMemoryWorkspaces());

    private static Stores stores(InMemoryWorkspaces workspaces) {
        var profiles = new InMemoryProfiles();
        var consents = new InMemoryConsents();
        var suppressions = new InMemorySuppressions();
        var allowedEntries = new InMemoryAllowedEntries();
        Pseudonyms pseudonyms = InMemoryKeptKeys.pseudonyms();
        return new Stores(
                workspaces,
                profiles,
                consents,
                suppressions,
                allowedEntries,
                pseudonyms,
                new InMemoryFactSource(
                        workspaces, profiles, consents, suppressions, allowedEntries, pseudonyms));
    }

    @Override
    protected Stores stores() {
        return stores;
    }
}
