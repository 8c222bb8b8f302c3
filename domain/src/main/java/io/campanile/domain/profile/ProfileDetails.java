package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What is known of a person beside the keys that point at them.
///
/// @param emailAddresses the first is where mail goes
/// @param locale BCP 47; empty when it is not known
/// @param timeZone an IANA id, such as `Europe/Vienna`; empty when it is not known
public record ProfileDetails(
        Attributes attributes, List<EmailAddress> emailAddresses, String locale, String timeZone) {
    public static final ProfileDetails NONE =
            new ProfileDetails(Attributes.NONE, List.of(), "", "");

    /// The JDK makes a new set each time it is asked, which costs more than all other checks of a
    /// profile.
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    /// More addresses than that are no person's.
    public static final int MOST_ADDRESSES = 10;

    public ProfileDetails {
        emailAddresses = List.copyOf(emailAddresses);
        if (emailAddresses.size() > MOST_ADDRESSES) {
            throw new IllegalArgumentException("addresses: " + emailAddresses.size());
        }
    }

    /// These, and what they leave open as the others say: attributes by name, addresses behind
    /// these as far as there is room.
    public ProfileDetails completedBy(ProfileDetails others) {
        Map<String, EmailAddress> addresses = new LinkedHashMap<>();
        Stream.concat(emailAddresses.stream(), others.emailAddresses.stream())
                .forEach(address -> addresses.putIfAbsent(address.comparable(), address));
        return new ProfileDetails(
                others.attributes.overlaid(attributes.values()),
                addresses.values().stream().limit(MOST_ADDRESSES).toList(),
                locale.isEmpty() ? others.locale : locale,
                timeZone.isEmpty() ? others.timeZone : timeZone);
    }

    /// Where mail to the person goes; nothing when no address is known.
    public Optional<EmailAddress> emailAddress() {
        return emailAddresses.stream().findFirst();
    }

    /// Whether the text is the id of a time zone.
    public static boolean isTimeZone(String text) {
        return ZONES.contains(text);
    }

    /// The clock the person lives by; nothing when it is not known, or not any more.
    public Optional<ZoneId> zone() {
        return isTimeZone(timeZone) ? Optional.of(ZoneId.of(timeZone)) : Optional.empty();
    }

    /// All of it is personal: never printed.
    @Override
    public String toString() {
        return "ProfileDetails[redacted]";
    }
}
