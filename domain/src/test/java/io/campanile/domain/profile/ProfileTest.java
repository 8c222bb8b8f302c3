package io.campanile.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class ProfileTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> FIELDS = List.of("work.email");

    @Test
    void remembersTheAddressesThatThePersonHasNoMore() {
        Profile before =
                of(Map.of("work", Map.of("email", "Ada@Work.example")), "Ada@Home.example");

        assertThat(moved(before, of(Map.of(), "ada@example.com")))
                .containsExactly("ada@home.example", "ada@work.example");
        assertThat(moved(before, of(Map.of(), "ADA@home.example")))
                .containsExactly("ada@work.example");
        assertThat(moved(before, of(Map.of(), "ADA@home.example", "ada@work.example"))).isEmpty();
    }

    @Test
    void forgetsThatAnAddressWasFormerWhenItIsBack() {
        Profile first = of(Map.of(), "ada@home.example");
        Profile moved = of(Map.of(), "ada@example.com").remembering(List.of(first), FIELDS);
        Profile back =
                moved.knownAs(moved.identities(), withAddress(moved, "Ada@Home.example"), NOON)
                        .remembering(List.of(moved), FIELDS);

        assertThat(texts(back)).containsExactly("ada@example.com");
    }

    @Test
    void remembersTheLatestFormerAddressesOfSomebodyWhoChangesTheirsAllTheTime() {
        Profile ada = of(Map.of(), "ada@example.com");
        for (int i = 0; i <= ProfileDetails.MOST_FORMER; i++) {
            ada = moved(ada, "ada-" + i + "@example.com", i);
        }

        assertThat(texts(ada))
                .containsExactlyElementsOf(
                        IntStream.range(0, ProfileDetails.MOST_FORMER)
                                .mapToObj(i -> "ada-" + i + "@example.com")
                                .toList());
    }

    @Test
    void keepsTheFormerAddressesOfBothWhoTurnOutToBeOneByWhenTheyWereGivenUpLast() {
        Profile both = of(Map.of(), "both@example.com");
        Profile earlier = moved(moved(both, "a@example.com", 1), "c@example.com", 2);
        Profile later = moved(moved(both, "b@example.com", 3), "c@example.com", 4);

        Profile merged =
                earlier.mergedWith(later, NOON.plusSeconds(5))
                        .remembering(List.of(later, earlier), FIELDS);

        assertThat(merged.details().formerAddresses())
                .containsExactly(
                        former("a@example.com", 2),
                        former("both@example.com", 3),
                        former("b@example.com", 4));
    }

    @Test
    void isRecognisedByPresentAddressesOnly() {
        Profile ada = moved(of(Map.of(), "a@example.com", "z@example.com"), "m@example.com", 1);
        PersonNames names = PersonNames.of(ada, FIELDS);

        assertThat(texts(names.addresses())).containsExactly("m@example.com");
        assertThat(List.copyOf(names.addressesAnd(ada.details().formerAddresses()).entrySet()))
                .containsExactly(
                        Map.entry(new EmailAddress("a@example.com"), NOON.plusSeconds(1)),
                        Map.entry(new EmailAddress("m@example.com"), Instant.MAX),
                        Map.entry(new EmailAddress("z@example.com"), NOON.plusSeconds(1)));
    }

    private static Profile moved(Profile person, String address, long second) {
        return person.knownAs(
                        person.identities(), withAddress(person, address), NOON.plusSeconds(second))
                .remembering(List.of(person), FIELDS);
    }

    private static FormerAddress former(String address, long second) {
        return new FormerAddress(new EmailAddress(address), NOON.plusSeconds(second));
    }

    private static Profile of(Map<String, Object> attributes, String... addresses) {
        return Profile.created(
                new ProfileId(new UUID(0, 1)),
                WorkspaceId.DEFAULT,
                List.of(new Identity("crmId", "42")),
                new ProfileDetails(
                        new Attributes(attributes),
                        Stream.of(addresses).map(EmailAddress::new).toList(),
                        "",
                        ""),
                NOON);
    }

    private static ProfileDetails withAddress(Profile person, String address) {
        return new DetailsChange(
                        Map.of(), false, List.of(new EmailAddress(address)), null, null, null, null)
                .applyTo(person.details());
    }

    private static List<String> moved(Profile before, Profile after) {
        return texts(after.remembering(List.of(before), FIELDS));
    }

    private static List<String> texts(Profile person) {
        return texts(
                person.details().formerAddresses().stream().map(FormerAddress::address).toList());
    }

    private static List<String> texts(Collection<EmailAddress> addresses) {
        return addresses.stream().map(EmailAddress::value).toList();
    }
}
