package io.campanile.application.erasure;

import static io.campanile.testkit.suppression.SuppressionBuilder.aSuppression;
import static io.campanile.testkit.suppression.SuppressionEntries.enter;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NewReservation;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.eligibility.Reservation;
import io.campanile.domain.message.ClaimEpoch;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.access.InMemoryChanges;
import io.campanile.testkit.access.InMemoryWorkspaces;
import io.campanile.testkit.audience.InMemoryAudiences;
import io.campanile.testkit.channel.InMemoryChannelConfigurations;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.message.InMemoryStore;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.secret.InMemoryKeptKeys;
import io.campanile.testkit.store.SettableTime;
import io.campanile.testkit.suppression.InMemoryAllowedEntries;
import io.campanile.testkit.suppression.InMemoryBounceCounts;
import io.campanile.testkit.suppression.InMemorySuppressions;

import org.junit.jupiter.api.BeforeEach;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What tests of erasures share: Ada, who is known, and what is kept of her.
abstract class ErasureScene {
    static final EmailAddress ADA = new EmailAddress("ada@example.com");
    static final RuleSetId RULE_SET = new RuleSetId(new UUID(0, 1));
    static final BouncedAddress BOUNCED = BouncedAddress.of(WorkspaceId.DEFAULT, ADA);
    final SettableTime clock = new SettableTime(Instant.parse("2026-03-01T12:00:00Z"));
    final InMemoryStore store = new InMemoryStore(clock);
    final InMemoryProfiles profiles = new InMemoryProfiles();
    final InMemoryConsents consents = new InMemoryConsents();
    final InMemorySuppressions suppressions = new InMemorySuppressions();
    final InMemoryBounceCounts bounces = new InMemoryBounceCounts();
    final InMemoryAllowedEntries allowedEntries = new InMemoryAllowedEntries();
    final Pseudonyms pseudonyms = InMemoryKeptKeys.pseudonyms();
    final Changes changes = InMemoryChanges.at(clock);
    final ProfileId ada = new ProfileId(UUID.randomUUID());
    final LongCalls calls = new LongCalls(1, Duration.ofMillis(1));
    final EraseProfile erasures = erasing(changes);

    /// What erases in such changes.
    EraseProfile erasing(Changes within) {
        return new EraseProfile(
                new EraseProfile.Stores(
                        profiles,
                        new AddressAttributes(
                                new InMemoryWorkspaces(), new InMemoryChannelConfigurations()),
                        consents,
                        suppressions,
                        bounces,
                        allowedEntries,
                        new InMemoryAudiences(profiles, consents),
                        store.broadcastMembers(),
                        store.reservations(),
                        store.erasures()),
                pseudonyms,
                within,
                calls,
                clock);
    }

    @BeforeEach
    void makeAdaKnown() {
        known(ada, ADA);
    }

    void known(ProfileId person, EmailAddress address) {
        profiles.insert(
                Profile.created(
                        person,
                        WorkspaceId.DEFAULT,
                        List.of(Identity.of(address)),
                        ProfileDetails.NONE,
                        clock.instant()));
    }

    /// Ada has this address besides that of her identity.
    void writtenToAt(EmailAddress address) {
        profiles.update(
                Profile.created(
                        ada,
                        WorkspaceId.DEFAULT,
                        List.of(Identity.of(ADA)),
                        new ProfileDetails(Attributes.NONE, List.of(address), "", ""),
                        clock.instant()));
    }

    /// Ada has had this address until now, besides that of her identity.
    void gaveUp(EmailAddress former) {
        Profile before = profiles.find(WorkspaceId.DEFAULT, ada).orElseThrow();
        var details = new ProfileDetails(Attributes.NONE, List.of(former), "", "");
        Profile then = before.knownAs(before.identities(), details, clock.instant());
        clock.advance(Duration.ofHours(1));
        profiles.update(
                then.knownAs(then.identities(), ProfileDetails.NONE, clock.instant())
                        .remembering(List.of(then), List.of()));
    }

    Suppression suppressed(SuppressionReason reason) {
        return suppressed(ADA, reason);
    }

    Suppression suppressed(EmailAddress address, SuppressionReason reason) {
        Suppression entry =
                aSuppression(address, clock.instant())
                        .because(reason)
                        .noting("a message: 550 5.1.1")
                        .build();
        enter(suppressions, entry);
        return entry;
    }

    void refused(ConsentSubject subject, ConsentLevel level) {
        consents.add(
                new ConsentRecord(
                        new ConsentRecordId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        subject,
                        level,
                        ConsentState.DENIED,
                        "a letter of Ada's",
                        "Ada",
                        Actor.SYSTEM,
                        clock.instant(),
                        clock.instant()),
                true);
    }

    List<ConsentLevel> keptDenials(EmailAddress pseudonym) {
        List<ConsentRecord> kept =
                consents.current(WorkspaceId.DEFAULT, new ConsentSubject.OfAddress(pseudonym));
        assertThat(kept)
                .allSatisfy(record -> assertThat(record.source() + record.proof()).isEmpty());
        return kept.stream().map(ConsentRecord::level).toList();
    }

    void allow(EmailAddress address) {
        var entry =
                new AllowedEntry(
                        new AllowedEntryId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        SuppressionTarget.of(address),
                        "",
                        clock.instant(),
                        null);
        allowedEntries.insertAll(List.of(entry), clock.instant());
    }

    boolean isAllowed(EmailAddress address) {
        return allowedEntries.find(WorkspaceId.DEFAULT, SuppressionTarget.of(address)).isPresent();
    }

    void said(ConsentSubject subject, String topic, ConsentState state) {
        said(subject, topic, state, true);
    }

    void said(ConsentSubject subject, String topic, ConsentState state, boolean counts) {
        consents.add(
                new ConsentRecord(
                        new ConsentRecordId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        subject,
                        new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, topic),
                        state,
                        "form",
                        "",
                        Actor.SYSTEM,
                        clock.instant(),
                        clock.instant()),
                counts);
    }

    /// The topics of all that is kept for an address or a pseudonym, each of them refused.
    List<String> kept(EmailAddress name) {
        List<ConsentRecord> kept =
                consents.current(WorkspaceId.DEFAULT, new ConsentSubject.OfAddress(name));
        assertThat(kept).allMatch(record -> record.state() == ConsentState.DENIED);
        return kept.stream().map(record -> record.level().topic()).toList();
    }

    void reserve(Identity identity, Instant time) {
        var claim = new Claim(new MessageId(UUID.randomUUID()), new ClaimEpoch(1));
        store.reservations()
                .reserve(
                        List.of(
                                new NewReservation(
                                        claim,
                                        RULE_SET,
                                        1,
                                        PersonKey.of(WorkspaceId.DEFAULT, identity),
                                        new Reservation(Channel.EMAIL, time))));
    }

    int counted(Identity identity) {
        var key = PersonKey.of(WorkspaceId.DEFAULT, identity);
        return store.reservations().of(List.of(key), RULE_SET, null, Map.of()).size();
    }

    void erase() {
        assertThat(erasures.erase(WorkspaceId.DEFAULT, ada, ChangeCall.by(Actor.SYSTEM)))
                .isEqualTo(new ErasureResult.Erased(0));
    }
}
