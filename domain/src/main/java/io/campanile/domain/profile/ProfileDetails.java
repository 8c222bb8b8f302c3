package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.PhoneNumber;
import io.campanile.domain.channel.PushToken;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
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
/// @param formerAddresses where mail went to the person and does not any more, each once, the one
///   that was given up last behind all others
public record ProfileDetails(
        Attributes attributes,
        List<EmailAddress> emailAddresses,
        List<PhoneNumber> phoneNumbers,
        List<PushToken> pushTokens,
        String locale,
        String timeZone,
        List<FormerAddress> formerAddresses) {
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

    /// How many former addresses are remembered: the latest.
    public static final int MOST_FORMER = 100;

    public ProfileDetails {
        emailAddresses = limited("addresses", emailAddresses, MOST_ADDRESSES);
        phoneNumbers = limited("phone numbers", phoneNumbers, MOST_NUMBERS);
        pushTokens = limited("push tokens", pushTokens, MOST_TOKENS);
        formerAddresses = latest(formerAddresses);
    }

    /// Details of somebody who never had another address.
    public ProfileDetails(
            Attributes attributes,
            List<EmailAddress> emailAddresses,
            List<PhoneNumber> phoneNumbers,
            List<PushToken> pushTokens,
            String locale,
            String timeZone) {
        this(attributes, emailAddresses, phoneNumbers, pushTokens, locale, timeZone, List.of());
    }

    /// Details of somebody who is reached by mail only.
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
                first(MOST_ADDRESSES, addressesAnd(others.emailAddresses)),
                first(MOST_NUMBERS, numbersAnd(others.phoneNumbers)),
                first(MOST_TOKENS, tokensAnd(others.pushTokens)),
                locale.isEmpty() ? others.locale : locale,
                timeZone.isEmpty() ? others.timeZone : timeZone,
                Stream.concat(formerAddresses.stream(), others.formerAddresses.stream()).toList());
    }

    /// These, and more ways to reach the person behind those that are known, each once: one that is
    /// known stays as it is. There must be room, see [#full].
    public ProfileDetails with(MoreContacts more) {
        return more.equals(MoreContacts.NONE)
                ? this
                : new ProfileDetails(
                        attributes,
                        addressesAnd(more.emailAddresses()),
                        numbersAnd(more.phoneNumbers()),
                        tokensAnd(more.pushTokens()),
                        locale,
                        timeZone,
                        formerAddresses);
    }

    /// The same, remembering these as former addresses.
    ProfileDetails remembering(List<FormerAddress> former) {
        return new ProfileDetails(
                attributes, emailAddresses, phoneNumbers, pushTokens, locale, timeZone, former);
    }

    /// What there is no room for: of which kinds the person would have more than a profile holds.
    public List<ContactKind> full(MoreContacts more) {
        List<ContactKind> full = new ArrayList<>();
        if (addressesAnd(more.emailAddresses()).size() > MOST_ADDRESSES) {
            full.add(ContactKind.EMAIL_ADDRESS);
        }
        if (numbersAnd(more.phoneNumbers()).size() > MOST_NUMBERS) {
            full.add(ContactKind.PHONE_NUMBER);
        }
        if (tokensAnd(more.pushTokens()).size() > MOST_TOKENS) {
            full.add(ContactKind.PUSH_TOKEN);
        }
        return full;
    }

    private List<EmailAddress> addressesAnd(List<EmailAddress> others) {
        return union(emailAddresses, others, EmailAddress::comparable);
    }

    private List<PhoneNumber> numbersAnd(List<PhoneNumber> others) {
        return union(phoneNumbers, others, PhoneNumber::value);
    }

    private List<PushToken> tokensAnd(List<PushToken> others) {
        return union(pushTokens, others, PushToken::key);
    }

    private static <T> List<T> first(int most, List<T> values) {
        return values.stream().limit(most).toList();
    }

    private static List<FormerAddress> latest(List<FormerAddress> former) {
        var latest = new LinkedHashMap<EmailAddress, FormerAddress>();
        former.stream()
                .sorted(
                        Comparator.comparing(FormerAddress::until)
                                .thenComparing(each -> each.address().value()))
                .forEach(each -> latest.putLast(each.address(), each));
        return latest.values().stream().skip(Math.max(0, latest.size() - MOST_FORMER)).toList();
    }

    private static <T, K> List<T> union(List<T> these, List<T> others, Function<T, K> key) {
        if (others.isEmpty()) {
            return these;
        }
        Map<K, T> all = new LinkedHashMap<>();
        Stream.concat(these.stream(), others.stream())
                .forEach(value -> all.putIfAbsent(key.apply(value), value));
        return List.copyOf(all.values());
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
