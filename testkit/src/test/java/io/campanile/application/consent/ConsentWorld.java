package io.campanile.application.consent;

import io.campanile.application.access.Changes;
import io.campanile.application.erasure.Pseudonyms;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.testkit.access.InMemoryAuditEntries;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.channel.InMemorySecretSealer;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.erasure.InMemoryPseudonymKeys;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.store.InMemoryChangeSignal;
import io.campanile.testkit.store.InMemoryRequestLog;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.store.SettableTime;

import java.time.Instant;
import java.util.UUID;

/// The use cases about consent over fakes, without anybody in them.
final class ConsentWorld {
    final SettableTime clock = new SettableTime(Instant.parse("2026-03-01T12:00:00Z"));
    final InMemoryConsents consents = new InMemoryConsents();
    final Pseudonyms pseudonyms = InMemoryPseudonymKeys.pseudonyms();
    final InMemoryProfiles profiles = new InMemoryProfiles();
    private final Changes changes =
            new Changes(
                    new InMemoryTransactions(),
                    new InMemoryRequestLog(),
                    new InMemoryAuditEntries(),
                    new InMemoryChangeSignal(),
                    clock,
                    UUID::randomUUID);
    private final FormerDenials formerDenials =
            new FormerDenials(consents, profiles, pseudonyms, changes);
    final ManageConsents manage =
            new ManageConsents(
                    consents,
                    new ManageProfiles(
                            profiles,
                            new InMemoryWorkspaces(),
                            new InMemoryStore(clock).reservations(),
                            changes),
                    formerDenials,
                    changes);
    final ConfirmConsent confirmations =
            new ConfirmConsent(consents, formerDenials, changes, new InMemorySecretSealer());
}
