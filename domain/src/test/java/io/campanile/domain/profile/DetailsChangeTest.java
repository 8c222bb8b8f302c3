package io.campanile.domain.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.PhoneNumber;
import io.campanile.domain.channel.PushToken;
import io.campanile.domain.channel.PushToken.Platform;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class DetailsChangeTest {
    private static final ProfileDetails KNOWN =
            new ProfileDetails(
                    new Attributes(Map.of("firstName", "Ada", "city", "Graz")),
                    List.of(new EmailAddress("ada@example.com")),
                    List.of(new PhoneNumber("+436641234567")),
                    List.of(new PushToken(Platform.IOS, "com.example.shop", "t-1", true)),
                    "de",
                    "Europe/Vienna");

    @Test
    void changesNothingWhenNothingWasLearned() {
        assertThat(DetailsChange.NOTHING.applyTo(KNOWN)).isEqualTo(KNOWN);
    }

    @Test
    void laysAttributesOverThoseThatAreKnownAndForgetsTheOnesThatAreNull() {
        Map<String, Object> learned = new HashMap<>(Map.of("firstName", "Eve"));
        learned.putAll(Collections.singletonMap("city", null));

        assertThat(
                        new DetailsChange(learned, false, null, null, null, null, null)
                                .applyTo(KNOWN)
                                .attributes()
                                .values())
                .isEqualTo(Map.of("firstName", "Eve"));
    }

    @Test
    void replacesWhatItNamesAlsoByNothing() {
        var change =
                new DetailsChange(
                        Map.of("vip", true), true, List.of(), List.of(), List.of(), "", "");

        assertThat(change.applyTo(KNOWN))
                .isEqualTo(
                        new ProfileDetails(new Attributes(Map.of("vip", true)), List.of(), "", ""));
    }

    @Test
    void laysMoreContactsBehindThoseThatAreKnownEachOnce() {
        var change =
                DetailsChange.NOTHING.adding(
                        new MoreContacts(
                                List.of(
                                        new EmailAddress("ada@home.example"),
                                        new EmailAddress("Ada@EXAMPLE.com")),
                                List.of(new PhoneNumber("+436641234567")),
                                List.of(
                                        new PushToken(
                                                Platform.IOS, "com.example.shop", "t-1", false),
                                        new PushToken(
                                                Platform.WEB, "com.example.shop", "t-2", true))));

        ProfileDetails known = change.applyTo(KNOWN);

        assertThat(known.emailAddresses())
                .containsExactly(
                        new EmailAddress("ada@example.com"), new EmailAddress("ada@home.example"));
        assertThat(known.phoneNumbers()).isEqualTo(KNOWN.phoneNumbers());
        assertThat(known.pushTokens())
                .containsExactly(
                        new PushToken(Platform.IOS, "com.example.shop", "t-1", true),
                        new PushToken(Platform.WEB, "com.example.shop", "t-2", true));
        assertThat(change.applyTo(known)).isEqualTo(known);
        assertThat(change.full(KNOWN)).isEmpty();
    }

    @Test
    void tellsOfWhatThereIsNoRoomFor() {
        List<EmailAddress> ten =
                IntStream.range(0, ProfileDetails.MOST_ADDRESSES)
                        .mapToObj(i -> new EmailAddress("ada-" + i + "@example.com"))
                        .toList();
        var more = DetailsChange.NOTHING.adding(new MoreContacts(ten, List.of(), List.of()));
        var instead =
                new DetailsChange(Map.of(), false, List.of(), null, null, null, null)
                        .adding(new MoreContacts(ten, List.of(), List.of()));

        assertThat(more.full(KNOWN)).containsExactly(ContactKind.EMAIL_ADDRESS);
        assertThat(instead.full(KNOWN)).isEmpty();
        assertThat(instead.applyTo(KNOWN).emailAddresses()).isEqualTo(ten);
    }

    @Test
    void countsNamesAndValuesAtEveryDepth() {
        String half = "\u00df".repeat(Attributes.LARGEST / 4);

        assertThat(new Attributes(Map.of("a", half)).isTooLarge()).isFalse();
        assertThat(new Attributes(Map.of("a", List.of(half, Map.of("b", half)))).isTooLarge())
                .isTrue();
        assertThat(new Attributes(Map.of("a", Collections.nCopies(8192, 1))).isTooLarge()).isTrue();
        assertThat(new Attributes(Map.of("a", Arrays.asList(half, null))).isTooLarge()).isFalse();
    }

    @Test
    void knowsTheZonesOfTheDatabaseOnly() {
        assertThat(ProfileDetails.isTimeZone("Pacific/Chatham")).isTrue();
        assertThat(ProfileDetails.isTimeZone("+05:45")).isFalse();
    }

    @Test
    void printsNothingPersonal() {
        assertThat(KNOWN.toString() + KNOWN.attributes()).doesNotContain("Ada", "ada@", "Graz");
    }
}
