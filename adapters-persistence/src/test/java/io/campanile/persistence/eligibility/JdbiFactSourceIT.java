package io.campanile.persistence.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.consent.Pseudonyms;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.persistence.Store;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.access.JdbiWorkspaces;
import io.campanile.persistence.consent.JdbiConsents;
import io.campanile.persistence.profile.JdbiProfiles;
import io.campanile.persistence.suppression.JdbiAllowedEntries;
import io.campanile.persistence.suppression.JdbiSuppressions;
import io.campanile.testkit.eligibility.FactSourceContract;
import io.campanile.testkit.secret.InMemoryKeptKeys;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

class JdbiFactSourceIT extends FactSourceContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    private static final Pseudonyms PSEUDONYMS = InMemoryKeptKeys.pseudonyms();

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

    @Test
    void anAddressThatIsNoneAnyMoreIsMissingInFactsAboutThatPersonOnly() {
        Profile spoilt = known(new Identity("crmId", "spoilt"), "ada@example.com");
        known(new Identity("crmId", "good"), "bob@example.com");
        STORE.database()
                .store()
                .inTransaction(handle ->
                        handle.createUpdate(
                                        "UPDATE profile SET email_addresses = ARRAY['ada'] WHERE"
                                                + " profile_id = :id")
                                .bind("id", spoilt.id().value())
                                .execute());

        List<Facts> facts =
                stores().facts()
                        .load(
                                List.of(
                                        needing(ProfileLookup.IF_KNOWN, "spoilt", null),
                                        needing(ProfileLookup.IF_KNOWN, "good", null)));

        assertThat(facts)
                .extracting(each -> each.addressee().address())
                .containsExactly(null, address("bob@example.com"));
    }
}
