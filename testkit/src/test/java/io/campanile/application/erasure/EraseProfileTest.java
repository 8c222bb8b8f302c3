package io.campanile.application.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.consent.FormerDenials;
import io.campanile.application.consent.ManageConsents;
import io.campanile.application.consent.Person;
import io.campanile.application.consent.Pseudonyms;
import io.campanile.application.consent.Said;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.NewReservation;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.share.LongCalls;
import io.campanile.application.share.LongCallsFull;
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
import io.campanile.domain.suppression.BounceCount;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
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
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What was counted of people who are erased, before and after that.
class EraseProfileTest {
    private static final EmailAddress ADA = new EmailAddress("ada@example.com");
    private static final RuleSetId RULE_SET = new RuleSetId(new UUID(0, 1));
    private static final BouncedAddress BOUNCED = BouncedAddress.of(WorkspaceId.DEFAULT, ADA);

    private final SettableTime clock = new SettableTime(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock);
    private final InMemoryProfiles profiles = new InMemoryProfiles();
    private final InMemoryConsents consents = new InMemoryConsents();
    private final InMemorySuppressions suppressions = new InMemorySuppressions();
    private final InMemoryBounceCounts bounces = new InMemoryBounceCounts();
    private final InMemoryAllowedEntries allowedEntries = new InMemoryAllowedEntries();
    private final Pseudonyms pseudonyms = InMemoryKeptKeys.pseudonyms();
    private final Changes changes = InMemoryChanges.at(clock);
    private final ProfileId ada = new ProfileId(UUID.randomUUID());
    private final LongCalls calls = new LongCalls(1, Duration.ofMillis(1));
    private final EraseProfile erasures =
            new EraseProfile(
                    new EraseProfile.Stores(
                            profiles,
                            new AddressAttributes(
                                    new InMemoryWorkspaces(), new InMemoryChannelConfigurations()),
                            consents,
                            suppressions,
                            bounces,
                            allowedEntries,
                            new InMemoryAudiences(profiles, consents),
                            store.broadcasts(),
                            store.reservations(),
                            store.erasures()),
                    pseudonyms,
                    changes,
                    calls,
                    clock);

    @BeforeEach
    void makeAdaKnown() {
        known(ada, ADA);
    }

    private void known(ProfileId person, EmailAddress address) {
        profiles.insert(
                Profile.created(
                        person,
                        WorkspaceId.DEFAULT,
                        List.of(Identity.of(address)),
                        ProfileDetails.NONE,
                        clock.instant()));
    }

    /// They may look through all people, and all that is queued, on a connection each.
    @Test
    void areFewAtOnce() {
        ErasureResult refusedNext =
                calls.inTurn(
                        WorkspaceId.DEFAULT,
                        () -> {
                            assertThatThrownBy(() -> erase(ada)).isInstanceOf(LongCallsFull.class);
                            return new ErasureResult.NotFound();
                        });

        assertThat(refusedNext).isEqualTo(new ErasureResult.NotFound());
        assertThat(erase(ada)).isInstanceOf(ErasureResult.Erased.class);
    }

    @Test
    void forgetsWhatWasCountedOfTheirAddresses() {
        bounces.put(Map.of(BOUNCED, BounceCount.first(clock.instant())));

        erase();

        assertThat(bounces.lock(List.of(BOUNCED))).isEmpty();
    }

    @Test
    void forgetsTheAddressAlsoWhereAMailInHandOverBouncedAfterwards() {
        erase();
        bounces.put(Map.of(BOUNCED, BounceCount.first(clock.instant())));
        Suppression late = suppressed(SuppressionReason.HARD_BOUNCE);

        clock.advance(Duration.ofMinutes(1));
        erasures.goOn();

        EmailAddress pseudonym = pseudonyms.of(WorkspaceId.DEFAULT, ADA);
        assertThat(bounces.lock(List.of(BOUNCED))).isEmpty();
        assertThat(suppressions.find(WorkspaceId.DEFAULT, SuppressionTarget.of(ADA))).isEmpty();
        assertThat(suppressions.find(WorkspaceId.DEFAULT, SuppressionTarget.of(pseudonym)))
                .contains(late.of(pseudonym));
    }

    @Test
    void letsABounceCountBeforeTheComplaintOfWhoWasErasedUnderTheAddressBefore() {
        suppressed(SuppressionReason.COMPLAINT);
        erase();
        suppressed(SuppressionReason.HARD_BOUNCE);

        clock.advance(Duration.ofMinutes(1));
        erasures.goOn();

        EmailAddress pseudonym = pseudonyms.of(WorkspaceId.DEFAULT, ADA);
        assertThat(suppressions.find(WorkspaceId.DEFAULT, SuppressionTarget.of(pseudonym)))
                .map(Suppression::reason)
                .contains(SuppressionReason.HARD_BOUNCE);
    }

    private Suppression suppressed(SuppressionReason reason) {
        var entry =
                new Suppression(
                        new SuppressionId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        SuppressionTarget.of(ADA),
                        reason,
                        "a message: 550 5.1.1",
                        clock.instant(),
                        null);
        suppressions.insert(entry);
        return entry;
    }

    @Test
    void forgetsWhatCountedUnderTheirIdentitiesAndAddressesWhileNobodyKnewThem() {
        var work = new EmailAddress("ada@work.example");
        var shared = new EmailAddress("office@example.com");
        var stranger = new Identity("crmId", "43");
        known(new ProfileId(UUID.randomUUID()), shared);
        profiles.update(
                Profile.created(
                        ada,
                        WorkspaceId.DEFAULT,
                        List.of(Identity.of(ADA)),
                        new ProfileDetails(Attributes.NONE, List.of(work, shared), "", ""),
                        clock.instant()));
        for (Identity identity :
                List.of(Identity.of(ADA), Identity.of(work), Identity.of(shared), stranger)) {
            reserve(identity, clock.instant());
        }

        erase();

        assertThat(counted(Identity.of(ADA))).isZero();
        assertThat(counted(Identity.of(work))).isZero();
        assertThat(counted(Identity.of(shared))).isEqualTo(1);
        assertThat(counted(stranger)).isEqualTo(1);
    }

    @Test
    void leavesOnTheAllowedListWhatIsSomebodyElsesAddressToo() {
        var shared = new EmailAddress("office@example.com");
        var other = new ProfileId(UUID.randomUUID());
        profiles.insert(
                Profile.created(
                        other,
                        WorkspaceId.DEFAULT,
                        List.of(new Identity("crmId", "44")),
                        new ProfileDetails(
                                Attributes.NONE,
                                List.of(new EmailAddress("Office@Example.com")),
                                "",
                                ""),
                        clock.instant()));
        profiles.update(
                Profile.created(
                        ada,
                        WorkspaceId.DEFAULT,
                        List.of(Identity.of(ADA)),
                        new ProfileDetails(Attributes.NONE, List.of(shared), "", ""),
                        clock.instant()));
        allow(ADA);
        allow(shared);

        erase();

        assertThat(isAllowed(ADA)).isFalse();
        assertThat(isAllowed(shared)).isTrue();
        assertThat(erasures.erase(WorkspaceId.DEFAULT, other, ChangeCall.by(Actor.SYSTEM)))
                .isEqualTo(new ErasureResult.Erased(0));
        assertThat(isAllowed(shared)).isFalse();
    }

    @Test
    void leavesToOthersAtTheAddressWhatTheyAgreedTo() {
        var shared = new EmailAddress("family@example.com");
        var bob = new ProfileId(UUID.randomUUID());
        known(bob, shared);
        profiles.update(
                Profile.created(
                        ada,
                        WorkspaceId.DEFAULT,
                        List.of(Identity.of(ADA)),
                        new ProfileDetails(Attributes.NONE, List.of(shared), "", ""),
                        clock.instant()));
        var service = new ConsentLevel(Channel.EMAIL, Purpose.SERVICE, "");
        var news = new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news");
        refused(new ConsentSubject.OfProfile(ada), service);
        refused(new ConsentSubject.OfAddress(shared), news);

        erase();

        assertThat(keptDenials(pseudonyms.of(WorkspaceId.DEFAULT, shared))).containsExactly(news);
        assertThat(keptDenials(pseudonyms.of(WorkspaceId.DEFAULT, ADA))).containsExactly(service);
        assertThat(keptDenials(pseudonyms.of(WorkspaceId.DEFAULT, Identity.of(ADA))))
                .containsExactly(service);
    }

    private void refused(ConsentSubject subject, ConsentLevel level) {
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

    private List<ConsentLevel> keptDenials(EmailAddress pseudonym) {
        List<ConsentRecord> kept =
                consents.current(WorkspaceId.DEFAULT, new ConsentSubject.OfAddress(pseudonym));
        assertThat(kept)
                .allSatisfy(record -> assertThat(record.source() + record.proof()).isEmpty());
        return kept.stream().map(ConsentRecord::level).toList();
    }

    private void allow(EmailAddress address) {
        allowedEntries.insert(
                new AllowedEntry(
                        new AllowedEntryId(UUID.randomUUID()),
                        WorkspaceId.DEFAULT,
                        SuppressionTarget.of(address),
                        "",
                        clock.instant(),
                        null));
    }

    private boolean isAllowed(EmailAddress address) {
        return allowedEntries.find(WorkspaceId.DEFAULT, SuppressionTarget.of(address)).isPresent();
    }

    @Test
    void forgetsWhatWasStillBeingCountedAndNotWhatCountsForSomebodyNew() {
        erase();
        // By the clock of a node that is ten minutes ahead of this one.
        Instant latest = clock.instant().plus(Duration.ofMinutes(10));
        reserve(Identity.of(ADA), latest.plusSeconds(9));
        reserve(Identity.of(ADA), latest.plusSeconds(10));

        clock.advance(Duration.ofMinutes(1));
        erasures.goOn();

        assertThat(counted(Identity.of(ADA))).isEqualTo(1);
    }

    @Test
    void isNotUndoneByALinkInAnOldMail() {
        erase();
        var formerDenials = new FormerDenials(consents, profiles, pseudonyms, changes);
        var consent =
                new ManageConsents(
                        consents,
                        new ManageProfiles(
                                profiles,
                                new InMemoryWorkspaces(),
                                store.reservations(),
                                formerDenials,
                                changes),
                        formerDenials,
                        changes);
        var news = new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "news");

        consent.record(
                WorkspaceId.DEFAULT,
                new Person.ByLink(Identity.of(ADA)),
                new Said(news, ConsentState.DENIED, "link", ""),
                ChangeCall.by(Actor.SYSTEM));

        EmailAddress former = pseudonyms.of(WorkspaceId.DEFAULT, Identity.of(ADA));
        assertThat(profiles.find(WorkspaceId.DEFAULT, Identity.of(ADA))).isEmpty();
        assertThat(consents.current(WorkspaceId.DEFAULT, new ConsentSubject.OfAddress(former)))
                .extracting(ConsentRecord::state)
                .containsExactly(ConsentState.DENIED);
    }

    @Test
    void keepsWhatThePersonRefusedUnderEachOfTheirAddresses() {
        var work = new EmailAddress("ada@work.example");
        profiles.update(
                Profile.created(
                        ada,
                        WorkspaceId.DEFAULT,
                        List.of(Identity.of(ADA)),
                        new ProfileDetails(Attributes.NONE, List.of(work), "", ""),
                        clock.instant()));
        said(new ConsentSubject.OfProfile(ada), "news", ConsentState.DENIED);
        said(new ConsentSubject.OfProfile(ada), "offers", ConsentState.GRANTED);

        erase();

        assertThat(kept(pseudonyms.of(WorkspaceId.DEFAULT, ADA))).containsExactly("news");
        assertThat(kept(pseudonyms.of(WorkspaceId.DEFAULT, work))).containsExactly("news");
    }

    @Test
    void keepsWhatThePersonRefusedUnderEachOfTheirIdentities() {
        var first = new Identity("crmId", "42");
        var second = new Identity("shopId", "7");
        profiles.update(
                Profile.created(
                        ada,
                        WorkspaceId.DEFAULT,
                        List.of(first, second),
                        ProfileDetails.NONE,
                        clock.instant()));
        said(new ConsentSubject.OfProfile(ada), "news", ConsentState.DENIED);

        erase();

        assertThat(kept(pseudonyms.of(WorkspaceId.DEFAULT, first))).containsExactly("news");
        assertThat(kept(pseudonyms.of(WorkspaceId.DEFAULT, second))).containsExactly("news");
        assertThat(kept(pseudonyms.of(WorkspaceId.DEFAULT, ADA))).isEmpty();
    }

    @Test
    void keepsWhatWasRefusedForTheirAddress() {
        said(new ConsentSubject.OfAddress(ADA), "news", ConsentState.DENIED);
        said(new ConsentSubject.OfAddress(ADA), "offers", ConsentState.GRANTED);

        erase();

        assertThat(kept(pseudonyms.of(WorkspaceId.DEFAULT, ADA))).containsExactly("news");
        assertThat(kept(ADA)).isEmpty();
    }

    private void said(ConsentSubject subject, String topic, ConsentState state) {
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
                true);
    }

    /// The topics of all that is kept for an address or a pseudonym, each of them refused.
    private List<String> kept(EmailAddress name) {
        List<ConsentRecord> kept =
                consents.current(WorkspaceId.DEFAULT, new ConsentSubject.OfAddress(name));
        assertThat(kept).allMatch(record -> record.state() == ConsentState.DENIED);
        return kept.stream().map(record -> record.level().topic()).toList();
    }

    private void reserve(Identity identity, Instant time) {
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

    private int counted(Identity identity) {
        var key = PersonKey.of(WorkspaceId.DEFAULT, identity);
        return store.reservations().of(List.of(key), RULE_SET, null, Map.of()).size();
    }

    private void erase() {
        assertThat(erasures.erase(WorkspaceId.DEFAULT, ada, ChangeCall.by(Actor.SYSTEM)))
                .isEqualTo(new ErasureResult.Erased(0));
    }
}
