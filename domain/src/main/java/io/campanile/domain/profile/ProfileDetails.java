package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.PhoneNumber;
import io.campanile.domain.channel.PushToken;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// What is known of a person beside the keys that point at them.
///
/// @param emailAddresses the first is where mail goes
/// @param phoneNumbers the first is where texts go
/// @param pushTokens those of all apps and devices
/// @param locale BCP 47; empty when it is not known
/// @param timeZone an IANA id, such as `Europe/Vienna`; empty when it is not known
public record ProfileDetails(
        Attributes attributes,
        List<EmailAddress> emailAddresses,
        List<PhoneNumber> phoneNumbers,
        List<PushToken> pushTokens,
        String locale,
        String timeZone) {
    public static final ProfileDetails NONE =
            new ProfileDetails(Attributes.NONE, List.of(), "", "");

    /// The JDK makes a new set each time it is asked, which costs more than all other checks of a
    /// profile.
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    /// More addresses than that are no person's.
    public static final int MOST_ADDRESSES = 10;

    /// More phone numbers than that are no person's.
    public static final int MOST_NUMBERS = 10;

    /// More apps and devices than that are no person's.
    public static final int MOST_TOKENS = 20;

    public ProfileDetails {
        emailAddresses = limited("addresses", emailAddresses, MOST_ADDRESSES);
        phoneNumbers = limited("phone numbers", phoneNumbers, MOST_NUMBERS);
        pushTokens = limited("push tokens", pushTokens, MOST_TOKENS);
    }

    /// Those of somebody who is reached by mail only.
    public ProfileDetails(
            Attributes attributes,
            List<EmailAddress> emailAddresses,
            String locale,
            String timeZone) {
        this(attributes, emailAddresses, List.of(), List.of(), locale, timeZone);
    }

    private static <T> List<T> limited(String what, List<T> values, int most) {
        if (values.size() > most) {
            throw new IllegalArgumentException(what + ": " + values.size());
        }
        return List.copyOf(values);
    }

    /// These, and what they leave open as the others say: attributes by name, addresses, numbers
    /// and tokens behind these as far as there is room.
    public ProfileDetails completedBy(ProfileDetails others) {
        return new ProfileDetails(
                others.attributes.overlaid(attributes.values()),
                union(
                        emailAddresses,
                        others.emailAddresses,
                        EmailAddress::comparable,
                        MOST_ADDRESSES),
                union(phoneNumbers, others.phoneNumbers, PhoneNumber::value, MOST_NUMBERS),
                union(pushTokens, others.pushTokens, PushToken::key, MOST_TOKENS),
                locale.isEmpty() ? others.locale : locale,
                timeZone.isEmpty() ? others.timeZone : timeZone);
    }

    private static <T, K> List<T> union(
            List<T> these, List<T> others, Function<T, K> key, int most) {
        Map<K, T> all = new LinkedHashMap<>();
        Stream.concat(these.stream(), others.stream())
                .forEach(value -> all.putIfAbsent(key.apply(value), value));
        return all.values().stream().limit(most).toList();
    }

    /// Where mail to the person goes; nothing when no address is known.
    public Optional<EmailAddress> emailAddress() {
        return emailAddresses.stream().findFirst();
    }

    /// Whether the text is the id of a time zone.
    public static boolean isTimeZone(String text) {
        return ZONES.contains(text);
    }

    /// All of it is personal: never printed.
    @Override
    public String toString() {
        return "ProfileDetails[redacted]";
    }
}
