package io.campanile.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

        assertThat(texts(back.details().formerAddresses())).containsExactly("ada@example.com");
    }

    @Test
    void remembersTheLatestFormerAddressesOfSomebodyWhoChangesTheirsAllTheTime() {
        Profile ada = of(Map.of(), "ada@example.com");
        for (int i = 0; i <= ProfileDetails.MOST_FORMER; i++) {
            Profile before = ada;
            ada =
                    before.knownAs(
                                    before.identities(),
                                    withAddress(before, "ada-" + i + "@example.com"),
                                    NOON)
                            .remembering(List.of(before), FIELDS);
        }

        assertThat(texts(ada.details().formerAddresses()))
                .containsExactlyElementsOf(
                        IntStream.range(0, ProfileDetails.MOST_FORMER)
                                .mapToObj(i -> "ada-" + i + "@example.com")
                                .toList());
    }

    @Test
    void keepsTheFormerAddressesOfBothWhoTurnOutToBeOne() {
        Profile ada =
                of(Map.of(), "ada@example.com")
                        .remembering(List.of(of(Map.of(), "a@example.com")), FIELDS);
        Profile countess =
                of(Map.of(), "countess@example.com")
                        .remembering(List.of(of(Map.of(), "c@example.com")), FIELDS);

        Profile merged = countess.mergedWith(ada, NOON).remembering(List.of(countess, ada), FIELDS);

        assertThat(texts(merged.details().formerAddresses()))
                .containsExactlyInAnyOrder("a@example.com", "c@example.com");
    }

    @Test
    void isRecognisedByFormerAddressesThatNobodyElseHas() {
        Profile before = of(Map.of(), "a@example.com", "z@example.com", "shared@example.com");
        Profile ada = of(Map.of(), "m@example.com").remembering(List.of(before), FIELDS);

        PersonNames names =
                PersonNames.of(ada, FIELDS, Set.of(new EmailAddress("shared@example.com")));

        assertThat(texts(names.addresses()))
                .containsExactly("a@example.com", "m@example.com", "z@example.com");
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
        return texts(after.remembering(List.of(before), FIELDS).details().formerAddresses());
    }

    private static List<String> texts(Collection<EmailAddress> addresses) {
        return addresses.stream().map(EmailAddress::value).toList();
    }
}
