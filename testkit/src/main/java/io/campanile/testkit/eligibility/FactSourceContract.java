package io.campanile.testkit.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.eligibility.port.FactSource;
import io.campanile.application.eligibility.port.Subject;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentState;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.eligibility.Addressee;
import io.campanile.domain.eligibility.AllowedList;
import io.campanile.domain.eligibility.Facts;
import io.campanile.domain.eligibility.Occasion;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.FormerAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.profile.ProfileLookup;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/// What every [FactSource] must do. Each test has workspaces of its own, so that they can share a
/// store.
public abstract class FactSourceContract extends ErasedFactsContract {
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
    void tellsOfManyInTheirOrder() {
        List<Subject> many =
                IntStream.range(0, 301)
                        .mapToObj(i -> subject(strict, "crmId", "p" + i, "p" + i + "@example.com"))
                        .toList();

        assertThat(stores().facts().load(many))
                .extracting(facts -> facts.addressee().address())
                .containsExactlyElementsOf(many.stream().map(Subject::address).toList());
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
        assertThat(facts.getLast())
                .as("of what goes to whom it is due, whatever else is asked for")
                .isEqualTo(
                        Facts.nothing(service.occasion(), new Addressee(null, service.address()))
                                .with(facts.getFirst().allowedList()));
    }

    /// Those are kept for erasures, and no decision rests on them.
    @Test
    void tellsNobodysFormerAddresses() {
        var details =
                new ProfileDetails(
                        Attributes.NONE,
                        List.of(address("ada@example.com")),
                        List.of(),
                        List.of(),
                        "de",
                        "",
                        List.of(new FormerAddress(address("lovelace@example.com"), NOON)));
        stores().profiles()
                .insert(
                        Profile.created(
                                new ProfileId(UUID.randomUUID()),
                                strict,
                                List.of(new Identity("crmId", "ada")),
                                details,
                                NOON));

        List<Facts> facts =
                stores().facts().load(List.of(needing(ProfileLookup.REQUIRED, "ada", null)));

        assertThat(facts.getFirst().addressee().details())
                .isEqualTo(new ProfileDetails(Attributes.NONE, details.emailAddresses(), "de", ""));
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
                .extracting(Facts::addressSuppression)
                .containsExactly(null, address.fact(), null, null, null);
        assertThat(facts)
                .extracting(Facts::domainSuppression)
                .containsExactly(null, null, domain.fact(), null, null);
    }

    @Test
    void tellsWhatAnAllowedListThatIsOnSays() {
        allow(lenient, "Ada@Example.com", NOON);
        allow(lenient, "b\u00fccher.example", null);
        allow(lenient, "zoe@b\u00fccher.example", NOON);
        allow(strict, "ada@example.com", null);

        List<Facts> facts =
                stores().facts()
                        .load(
                                List.of(
                                        subject(lenient, "crmId", "1", "ADA@example.com"),
                                        subject(lenient, "crmId", "1", "eve@xn--bcher-kva.example"),
                                        subject(lenient, "crmId", "1", "zoe@b\u00fccher.example"),
                                        subject(lenient, "crmId", "1", "eve@example.com"),
                                        subject(lenient, "crmId", "1", "a@sub.b\u00fccher.example"),
                                        subject(strict, "crmId", "1", "eve@example.com")));

        assertThat(facts)
                .extracting(Facts::allowedList)
                .containsExactly(
                        AllowedList.coversUntil(NOON),
                        AllowedList.COVERS,
                        AllowedList.COVERS,
                        AllowedList.LACKS,
                        AllowedList.LACKS,
                        AllowedList.OFF);
    }

    private void allow(WorkspaceId workspace, String target, @Nullable Instant expireTime) {
        var entry =
                new AllowedEntry(
                        new AllowedEntryId(UUID.randomUUID()),
                        workspace,
                        SuppressionTarget.parse(target).orElseThrow(),
                        "",
                        NOON,
                        expireTime);
        assertThat(stores().allowedEntries().insertAll(List.of(entry), NOON)).hasSize(1);
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
        assertThat(facts)
                .extracting(Facts::domainSuppression)
                .containsExactly(domain.fact(), null, null);
    }

    @Test
    void takesAddressesFromTheFieldsThatConfigurationAndWorkspaceName() {
        givenAddressField("home");
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
        assertThat(facts.getFirst().domainSuppression()).isEqualTo(domain.fact());
    }

    @Test
    void takesAFieldFromTheCallBeforeTheProfileAlsoForStrangers() {
        givenAddressField("home");
        known(
                new Identity("crmId", "1"),
                "ada@example.com",
                Map.of("work", Map.of("email", "ada@work.example"), "home", "ada@home.example"));
        Suppression domain = suppressed(strict, "new.example");
        var overlay = new HashMap<String, Object>();
        overlay.put("work", Map.of("email", "ada@new.example"));
        var hiding = new HashMap<String, Object>();
        hiding.put("work", null);

        List<Facts> facts =
                stores().facts()
                        .load(
                                List.of(
                                        writingTo("work.email", "1", overlay),
                                        writingTo("work.email", "1", hiding),
                                        writingTo("work.email", "nobody", overlay),
                                        writingTo("", "nobody", Map.of("home", "eve@new.example")),
                                        writingTo("", "nobody", Map.of("home", "at home"))));

        assertThat(facts)
                .extracting(found -> found.addressee().address())
                .containsExactly(
                        address("ada@new.example"),
                        address("ada@home.example"),
                        address("ada@new.example"),
                        address("eve@new.example"),
                        null);
        assertThat(facts)
                .extracting(found -> found.addressee().overlaid())
                .containsExactly(true, false, true, true, true);
        assertThat(facts.getFirst().domainSuppression()).isEqualTo(domain.fact());
        assertThat(facts.get(3).domainSuppression()).isEqualTo(domain.fact());
        assertThat(facts.getLast().addressee().malformed()).isEqualTo("home");
    }

    private void givenAddressField(String field) {
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
                                field,
                                plain.attributeSchema()));
    }

    private Subject writingTo(String addressField, String key) {
        return writingTo(addressField, key, Map.of());
    }

    private Subject writingTo(String addressField, String key, Map<String, Object> overlay) {
        return new Subject(
                new Occasion(strict, Channel.EMAIL, Purpose.MARKETING, "offers"),
                List.of(),
                new Identity("crmId", key),
                null,
                addressField,
                new Attributes(overlay),
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
        assertThat(facts.domainSuppression()).isEqualTo(domain.fact());
    }
}
