package io.campanile.domain.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Attributes;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.KnownPerson;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

class AddresseeTest {
    private static final ProfileId ADA = new ProfileId(new UUID(0, 7));
    private static final Identity CRM = new Identity("crmId", "42");
    private static final Identity MAIL = new Identity(Identity.EMAIL, "identity@example.com");
    private static final AddressFields FIELDS = new AddressFields("work.email", "home");
    private static final Occasion RECEIPT =
            new Occasion(WorkspaceId.DEFAULT, Channel.EMAIL, Purpose.SERVICE, "");

    private final Map<String, Object> both =
            Map.of("work", Map.of("email", "work@example.com"), "home", "home@example.com");

    @Test
    void isReachedUnderTheAddressOfTheCallBeforeAnyField() {
        var ofCall = new EmailAddress("call@example.com");

        assertThat(ofCall(person(both, "own@example.com"), ofCall, Map.of()).address())
                .isEqualTo(ofCall);
        assertThat(ofCall(person(Map.of("home", 7)), ofCall, Map.of()).malformed()).isEmpty();
        assertThat(ofCall(null, ofCall, both)).isEqualTo(new Addressee(null, ofCall));
    }

    @Test
    void isReachedUnderTheConfigurationsFieldThenTheWorkspacesThenTheirOwnAddress() {
        assertThat(address(person(both, "own@example.com"))).isEqualTo("work@example.com");
        assertThat(address(person(Map.of("home", "home@example.com"), "own@example.com")))
                .isEqualTo("home@example.com");
        assertThat(address(person(Map.of(), "own@example.com"))).isEqualTo("own@example.com");
        assertThat(address(person(Map.of()))).isNull();
    }

    @Test
    void isReachedUnderAnIdentityThatIsAnAddressWhenThereIsNothingElse() {
        assertThat(of(person(Map.of()), MAIL).address())
                .isEqualTo(new EmailAddress("identity@example.com"));
        assertThat(of(null, MAIL).address()).isEqualTo(new EmailAddress("identity@example.com"));
        assertThat(of(person(Map.of(), "own@example.com"), MAIL).address())
                .isEqualTo(new EmailAddress("own@example.com"));
        assertThat(of(person(both), MAIL).address())
                .isEqualTo(new EmailAddress("work@example.com"));
    }

    @ParameterizedTest
    @MethodSource("nothing")
    void takesNoValueForNone(Map<String, Object> attributes) {
        assertThat(address(person(attributes, "own@example.com"))).isEqualTo("own@example.com");
    }

    static Stream<Map<String, Object>> nothing() {
        return Stream.of(
                Map.of("work", Map.of()),
                Map.of("work", "an office"),
                Map.of("work", List.of("work@example.com")),
                Map.of("work", Map.of("email", "")),
                Map.of("work.email", "work@example.com"));
    }

    @ParameterizedTest
    @MethodSource("noAddresses")
    void isExcludedWhereAFieldHoldsSomethingElseWhateverOtherAddressesThereAre(Object value) {
        KnownPerson person =
                person(
                        Map.of("work", Map.of("email", value), "home", "home@example.com"),
                        "own@example.com");

        Facts facts = Facts.nothing(RECEIPT, of(person, MAIL));

        assertThat(Eligibility.decide(facts, Instant.EPOCH))
                .isEqualTo(
                        new Decision.Exclude(
                                Reason.ADDRESS_MALFORMED,
                                new Evidence(
                                        ADA.nameIn(WorkspaceId.DEFAULT),
                                        "address_field work.email",
                                        null),
                                "The attribute would have to hold an email address, or nothing."));
    }

    @Test
    void isReachedUnderWhatTheCallLaysOverAField() {
        KnownPerson person = person(both, "own@example.com");

        assertThat(overlaid(person, Map.of("work", Map.of("email", "new@example.com"))))
                .isEqualTo(new Addressee(person, new EmailAddress("new@example.com"), "", true));
        assertThat(overlaid(person, Map.of("home", "new@example.com")))
                .isEqualTo(new Addressee(person, new EmailAddress("work@example.com")));
        assertThat(overlaid(person(Map.of()), Map.of("home", "new@example.com")).address())
                .isEqualTo(new EmailAddress("new@example.com"));
        assertThat(overlaid(null, Map.of("work", Map.of("email", "new@example.com"))))
                .isEqualTo(new Addressee(null, new EmailAddress("new@example.com"), "", true));
    }

    @Test
    void isNotReachedUnderWhatTheCallHides() {
        var hidden = new HashMap<String, Object>();
        hidden.put("work", null);
        var inner = new HashMap<String, Object>();
        inner.put("email", null);
        KnownPerson person = person(both, "own@example.com");
        var home = new EmailAddress("home@example.com");

        assertThat(overlaid(person, hidden)).isEqualTo(new Addressee(person, home));
        assertThat(overlaid(person, Map.of("work", inner)).address()).isEqualTo(home);
        assertThat(overlaid(person, Map.of("work", Map.of("phone", "1"))).address())
                .isEqualTo(home);
        hidden.put("home", "");
        assertThat(overlaid(person, hidden).address())
                .isEqualTo(new EmailAddress("own@example.com"));
    }

    @Test
    void isExcludedWhereTheCallLaysSomethingElseOverAField() {
        Map<String, Object> overlay = Map.of("work", Map.of("email", "ask Ada"));
        for (KnownPerson person : Arrays.asList(person(both, "own@example.com"), null)) {
            Facts facts = Facts.nothing(RECEIPT, overlaid(person, overlay));

            assertThat(Eligibility.decide(facts, Instant.EPOCH))
                    .isEqualTo(
                            new Decision.Exclude(
                                    Reason.ADDRESS_MALFORMED,
                                    new Evidence("", "address_field work.email of the call", null),
                                    "The call's profile would have to hold an email address there,"
                                            + " or nothing."));
        }
    }

    @Test
    void leavesARecordWhereTheCallLaidAnAddressOverAField() {
        Addressee guest = overlaid(null, Map.of("home", "new@example.com"));

        assertThat(Facts.nothing(RECEIPT, guest).areNothing()).isFalse();
        assertThat(Facts.nothing(RECEIPT, new Addressee(null, guest.address())).areNothing())
                .isTrue();
    }

    private static Addressee overlaid(@Nullable KnownPerson person, Map<String, Object> overlay) {
        return ofCall(person, null, overlay);
    }

    private static Addressee ofCall(
            @Nullable KnownPerson person,
            @Nullable EmailAddress address,
            Map<String, Object> overlay) {
        return Addressee.of(person, CRM, address, FIELDS, new Attributes(overlay));
    }

    static Stream<Object> noAddresses() {
        return Stream.of("ada at work", " ", 7L, true, List.of("work@example.com"), Map.of("a", 1));
    }

    private static @Nullable String address(KnownPerson person) {
        EmailAddress address = of(person, CRM).address();
        return address == null ? null : address.value();
    }

    private static Addressee of(@Nullable KnownPerson person, Identity identity) {
        return Addressee.of(person, identity, null, FIELDS, Attributes.NONE);
    }

    private static KnownPerson person(Map<String, Object> attributes, String... addresses) {
        return new KnownPerson(
                ADA,
                new ProfileDetails(
                        new Attributes(attributes),
                        Stream.of(addresses).map(EmailAddress::new).toList(),
                        "",
                        ""));
    }
}
