package io.campanile.application.consent;

import io.campanile.application.access.Changes;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.share.LongCalls;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.SettableTime;

import java.time.Instant;

/// The use cases about consent over fakes, without anybody in them.
public final class ConsentWorld {
    final SettableTime clock;
    public final InMemoryStore store;
    public final InMemoryProfiles profiles = new InMemoryProfiles();
    public final InMemoryConsents consents = new InMemoryConsents();
    public final Changes changes;
    final Pseudonyms pseudonyms = InMemoryKeptKeys.pseudonyms();
    final TokenKey tokenKey = InMemoryKeptKeys.tokenKey();
    final ManageProfiles people;
    public final ManageConsents manage;
    final ConfirmConsent confirmations;

    ConsentWorld() {
        this(Instant.parse("2026-03-01T12:00:00Z"));
    }

    public ConsentWorld(Instant now) {
        clock = new SettableTime(now);
        store = new InMemoryStore(clock);
        changes = InMemoryChanges.at(clock);
        var formerDenials = new FormerDenials(consents, profiles, pseudonyms, changes);
        people =
                new ManageProfiles(
                        profiles,
                        new InMemoryWorkspaces(),
                        new AddressAttributes(
                                new InMemoryWorkspaces(), new InMemoryChannelConfigurations()),
                        store.reservations(),
                        formerDenials,
                        LongCalls.ofReaders(),
                        changes);
        manage = new ManageConsents(consents, people, formerDenials, changes);
        confirmations = new ConfirmConsent(consents, formerDenials, changes, tokenKey);
    }
}
