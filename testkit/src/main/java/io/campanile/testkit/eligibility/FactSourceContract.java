package io.campanile.testkit.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.access.port.Workspaces;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.application.erasure.Pseudonyms;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentRecordId;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.AllowedList;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.OwnWorkspaces;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What every [FactSource] must do. Each test has workspaces of its own, so that they can share a
/// store.
public abstract class FactSourceContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ConsentLevel OFFERS =
            new ConsentLevel(Channel.EMAIL, Purpose.MARKETING, "offers");

    private final WorkspaceId strict = OwnWorkspaces.next();
    private final WorkspaceId lenient = OwnWorkspaces.next();

    /// The stores that the facts are read from, and their reader.
    public record Stores(
            Workspaces workspaces,
            Profiles profiles,
            Consents consents,
            Suppressions suppressions,
            AllowedEntries allowedEntries,
            Pseudonyms pseudonyms,
            FactSource facts) {}

    protected abstract Stores stores();

    @BeforeEach
    void createTheWorkspaces() {
        stores().workspaces().insert(new Workspace(strict, "Strict", NOON, false, false));
        stores().workspaces().insert(new Workspace(lenient, "Lenient", NOON, true, true));
    }

    @Test
    void knowsNothingOfStrangers() {
        Subject stranger = subject(strict, "crmId", "1", "eve@example.com");

        assertThat(stores().facts().load(List.of(stranger)))
                .containsExactly(
                        Facts.nothing(
                                stranger.occasion(), new Addressee(null, stranger.address())));
        assertThat(stores().facts().load(List.of())).isEmpty();
    }

    @Test
    void tellsWhatWorkspacesDoWhereNothingWasSaidAboutMarketing() {
        Subject marketing = subject(lenient, "crmId", "1", "eve@example.com");
        Subject service =
                new Subject(
                        new Occasion(lenient, Channel.EMAIL, Purpose.SERVICE, ""),
                        List.of(),
                        marketing.identity(),
                        marketing.address(),
                        false,
                        null);

        List<Facts> facts =
                stores().facts()
                        .load(
                                List.of(
                                        marketing,
                                        subject(strict, "crmId", "1", "eve@example.com"),
                                        service));

        assertThat(facts.getFirst().sendsWhenUnset()).isTrue();
        assertThat(facts.get(1).sendsWhenUnset()).isFalse();
        assertThat(facts.getLast().occasion()).isEqualTo(service.occasion());
    }

    @Test
    void knowsTheAddressesOfErasedPeopleByTheirPseudonyms() {
        var ada = new EmailAddress("Ada@Example.com");
        EmailAddress pseudonym = stores().pseudonyms().of(strict, ada);
        Suppression suppression = suppressed(strict, pseudonym.value());
        ConsentRecord denied =
                said(new ConsentSubject.OfAddress(pseudonym), OFFERS, ConsentState.DENIED, 0);

        List<Facts> facts =
                stores().facts()
                        .load(
                                List.of(
                                        subject(strict, "crmId", "1", "ada@EXAMPLE.com"),
                                        subject(lenient, "crmId", "1", "ada@example.com")));

        assertThat(facts.getFirst().address()).isEqualTo(suppression.fact());
        assertThat(facts.getFirst().addressConsents()).containsExactly(denied.consent());
        assertThat(facts.getLast().address()).isNull();
        assertThat(facts.getLast().addressConsents()).isEmpty();
    }

    @Test
    void knowsErasedPeopleWithoutAnAddressByTheirIdentities() {
        Subject subject = subject(strict, "crmId", "gone", "whoever@example.com");
        EmailAddress former = stores().pseudonyms().of(strict, subject.identity());
        ConsentRecord denied =
                said(new ConsentSubject.OfAddress(former), OFFERS, ConsentState.DENIED, 0);

        List<Facts> facts =
                stores().facts()
                        .load(
                                List.of(
                                        subject,
                                        subject(strict, "crmId", "else", "whoever@example.com")));

        assertThat(facts.getFirst().addressConsents()).containsExactly(denied.consent());
        assertThat(facts.getLast().addressConsents()).isEmpty();
    }

    @Test
    void findsSuppressionsInEverySpelling() {
        Suppression address = suppressed(strict, "Ada@Example.com");
        Suppression domain = suppressed(strict, "b\u00fccher.example");

        List<Facts> facts =
                stores().facts()
                        .load(
                                List.of(
                                        subject(strict, "crmId", "1", "eve@example.com"),
                                        subject(strict, "crmId", "1", "ADA@example.COM"),
                                        subject(strict, "crmId", "1", "ada@xn--bcher-kva.example"),
                                        subject(strict, "crmId", "1", "a@sub.b\u00fccher.example"),
                                        subject(lenient, "crmId", "1", "ada@example.com")));

        assertThat(facts)
                .extracting(Facts::address)
                .containsExactly(null, address.fact(), null, null, null);
        assertThat(facts)
                .extracting(Facts::domain)
                .containsExactly(null, null, domain.fact(), null, null);
    }

    @Test
    void tellsWhatAnAllowedListThatIsOnSays() {
        allow(lenient, "Ada@Example.com");
        allow(lenient, "b\u00fccher.example");
        allow(strict, "ada@example.com");

        List<Facts> facts =
                stores().facts()
                        .load(
                                List.of(
                                        subject(lenient, "crmId", "1", "ADA@example.com"),
                                        subject(lenient, "crmId", "1", "eve@xn--bcher-kva.example"),
                                        subject(lenient, "crmId", "1", "eve@example.com"),
                                        subject(lenient, "crmId", "1", "a@sub.b\u00fccher.example"),
                                        subject(strict, "crmId", "1", "eve@example.com")));

        assertThat(facts)
                .extracting(Facts::allowedList)
                .containsExactly(
                        AllowedList.COVERS,
                        AllowedList.COVERS,
                        AllowedList.LACKS,
                        AllowedList.LACKS,
                        AllowedList.OFF);
    }

    private void allow(WorkspaceId workspace, String target) {
        var entry =
                new AllowedEntry(
                        new AllowedEntryId(UUID.randomUUID()),
                        workspace,
                        SuppressionTarget.parse(target).orElseThrow(),
                        "",
                        NOON);
        assertThat(stores().allowedEntries().insert(entry)).isTrue();
    }

    @Test
    void findsConsentsOfThePersonAndOfTheAddress() {
        ConsentSubject ada = person(new Identity("crmId", "1"), new Identity("loyalty", "9"));
        ConsentRecord denied = said(ada, OFFERS, ConsentState.DENIED, 0);
        ConsentRecord granted =
                said(ada, new ConsentLevel(null, Purpose.MARKETING, ""), ConsentState.GRANTED, 1);
        said(
                new ConsentSubject.OfAddress(address("Ada@Example.com")),
                OFFERS,
                ConsentState.GRANTED,
                2);
        ConsentRecord ofAddress =
                said(
                        new ConsentSubject.OfAddress(address("ada@example.com")),
                        OFFERS,
                        ConsentState.DENIED,
                        3);

        List<Facts> facts =
                stores().facts()
                        .load(
                                List.of(
                                        subject(strict, "loyalty", "9", "other@example.com"),
                                        subject(strict, "loyalty", "1", "ADA@example.com"),
                                        subject(lenient, "crmId", "1", "ada@example.com")));

        assertThat(facts.getFirst().profileConsents())
                .containsExactlyInAnyOrder(denied.consent(), granted.consent());
        assertThat(facts.getFirst().addressConsents()).isEmpty();
        assertThat(facts.get(1).profileConsents()).isEmpty();
        assertThat(facts.get(1).addressConsents()).containsExactly(ofAddress.consent());
        assertThat(facts.getLast().profileConsents()).isEmpty();
        assertThat(facts.getLast().addressConsents()).isEmpty();
    }

    @Test
    void looksAtThePersonWhenMoreIsNeededThanWhatTheySaid() {
        Profile ada = known(new Identity("crmId", "1"), "ada@example.com");
        ConsentSubject.OfAddress itsAddress =
                new ConsentSubject.OfAddress(address("ada@example.com"));
        ConsentRecord refused = said(itsAddress, OFFERS, ConsentState.DENIED, 0);
        Suppression domain = suppressed(strict, "example.com");
        Subject nowhere = needing(ProfileLookup.IF_KNOWN, "1", null);
        Subject elsewhere = needing(ProfileLookup.REQUIRED, "1", address("ada@home.example"));
        Subject stranger = needing(ProfileLookup.CREATE, "2", null);

        List<Facts> facts = stores().facts().load(List.of(nowhere, elsewhere, stranger));

        var person = new KnownPerson(ada.id(), ada.details());
        assertThat(facts)
                .extracting(Facts::addressee)
                .containsExactly(
                        new Addressee(person, address("ada@example.com")),
                        new Addressee(person, address("ada@home.example")),
                        new Addressee(null, null));
        assertThat(facts.getFirst().addressConsents()).containsExactly(refused.consent());
        assertThat(facts).extracting(Facts::domain).containsExactly(domain.fact(), null, null);
    }

    @Test
    void takesAddressesFromTheFieldsThatConfigurationAndWorkspaceName() {
        Workspace plain = stores().workspaces().find(strict).orElseThrow();
        stores().workspaces()
                .update(
                        new Workspace(
                                strict,
                                plain.displayName(),
                                plain.createTime(),
                                false,
                                false,
                                plain.timeZone(),
                                "home",
                                plain.attributeSchema()));
        known(
                new Identity("crmId", "1"),
                "ada@example.com",
                Map.of("work", Map.of("email", "ada@work.example"), "home", "ada@home.example"));
        known(new Identity("crmId", "2"), "bob@example.com", Map.of("home", "Bob's house"));
        Suppression domain = suppressed(strict, "work.example");

        List<Facts> facts =
                stores().facts()
                        .load(
                                List.of(
                                        writingTo("work.email", "1"),
                                        writingTo("", "1"),
                                        writingTo("work.email", "2"),
                                        needing(
                                                ProfileLookup.IF_KNOWN,
                                                "2",
                                                address("bob@example.com"))));

        assertThat(facts)
                .extracting(found -> found.addressee().address())
                .containsExactly(
                        address("ada@work.example"),
                        address("ada@home.example"),
                        null,
                        address("bob@example.com"));
        assertThat(facts)
                .extracting(found -> found.addressee().malformed())
                .containsExactly("", "", "home", "");
        assertThat(facts.getFirst().domain()).isEqualTo(domain.fact());
    }

    private Subject writingTo(String addressField, String key) {
        return new Subject(
                new Occasion(strict, Channel.EMAIL, Purpose.MARKETING, "offers"),
                List.of(),
                new Identity("crmId", key),
                null,
                addressField,
                false,
                null);
    }

    @Test
    void looksNobodyUpWhereTheCallCarriesEverything() {
        Profile ada = known(new Identity("crmId", "1"), "ada@example.com");
        said(
                new ConsentSubject.OfProfile(ada.id()),
                new ConsentLevel(Channel.EMAIL, Purpose.SERVICE, ""),
                ConsentState.DENIED,
                0);
        Suppression domain = suppressed(strict, "home.example");

        Facts facts =
                stores().facts()
                        .load(
                                List.of(
                                        needing(
                                                ProfileLookup.NONE,
                                                "1",
                                                address("ada@home.example"))))
                        .getFirst();

        assertThat(facts.addressee()).isEqualTo(new Addressee(null, address("ada@home.example")));
        assertThat(facts.profileConsents()).isEmpty();
        assertThat(facts.domain()).isEqualTo(domain.fact());
    }

    private Subject needing(ProfileLookup lookup, String key, @Nullable EmailAddress address) {
        Purpose purpose = lookup == ProfileLookup.NONE ? Purpose.SERVICE : Purpose.MARKETING;
        return new Subject(
                new Occasion(strict, Channel.EMAIL, purpose, "offers", lookup),
                List.of(),
                new Identity("crmId", key),
                address,
                true,
                null);
    }

    private Profile known(Identity identity, String address) {
        return known(identity, address, Map.of("firstName", "Ada"));
    }

    private Profile known(Identity identity, String address, Map<String, Object> attributes) {
        var details =
                new ProfileDetails(
                        new Attributes(attributes),
                        List.of(address(address)),
                        "de",
                        "Europe/Vienna");
        Profile profile =
                Profile.created(
                        new ProfileId(UUID.randomUUID()), strict, List.of(identity), details, NOON);
        stores().profiles().insert(profile);
        return profile;
    }

    private static EmailAddress address(String text) {
        return new EmailAddress(text);
    }

    private static Subject subject(
            WorkspaceId workspace, String namespace, String value, String address) {
        return new Subject(
                new Occasion(workspace, Channel.EMAIL, Purpose.MARKETING, "offers"),
                List.of(),
                new Identity(namespace, value),
                address(address),
                false,
                null);
    }

    private Suppression suppressed(WorkspaceId workspace, String target) {
        var entry =
                new Suppression(
                        new SuppressionId(UUID.randomUUID()),
                        workspace,
                        SuppressionTarget.parse(target).orElseThrow(),
                        SuppressionReason.MANUAL,
                        "",
                        NOON,
                        null);
        assertThat(stores().suppressions().insert(entry)).isTrue();
        return entry;
    }

    private ConsentSubject person(Identity... identities) {
        var id = new ProfileId(UUID.randomUUID());
        stores().profiles()
                .insert(
                        Profile.created(
                                id, strict, List.of(identities), ProfileDetails.NONE, NOON));
        return new ConsentSubject.OfProfile(id);
    }

    private ConsentRecord said(
            ConsentSubject subject, ConsentLevel level, ConsentState state, int second) {
        var record =
                new ConsentRecord(
                        new ConsentRecordId(UUID.randomUUID()),
                        strict,
                        subject,
                        level,
                        state,
                        "checkout",
                        "",
                        Actor.SYSTEM,
                        NOON.plusSeconds(second));
        stores().consents().add(record, true);
        return record;
    }
}
