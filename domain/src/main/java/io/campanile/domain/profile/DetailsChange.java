package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.PhoneNumber;
import io.campanile.domain.channel.PushToken;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// What somebody learned about a person. What is absent stays as it was.
///
/// @param attributes laid over those that are known, unless they replace them
/// @param replacesAttributes whether nothing stays of the attributes that are known
/// @param locale empty when it is not known any more
/// @param timeZone empty when it is not known any more
/// @param more laid behind those that are known when all else is changed
public record DetailsChange(
        Map<String, Object> attributes,
        boolean replacesAttributes,
        @Nullable List<EmailAddress> emailAddresses,
        @Nullable List<PhoneNumber> phoneNumbers,
        @Nullable List<PushToken> pushTokens,
        @Nullable String locale,
        @Nullable String timeZone,
        MoreContacts more) {
    /// Nothing was learned.
    public static final DetailsChange NOTHING =
            new DetailsChange(Map.of(), false, null, null, null, null, null);

    /// What was learned when nothing is laid behind what is known.
    public DetailsChange(
            Map<String, Object> attributes,
            boolean replacesAttributes,
            @Nullable List<EmailAddress> emailAddresses,
            @Nullable List<PhoneNumber> phoneNumbers,
            @Nullable List<PushToken> pushTokens,
            @Nullable String locale,
            @Nullable String timeZone) {
        this(
                attributes,
                replacesAttributes,
                emailAddresses,
                phoneNumbers,
                pushTokens,
                locale,
                timeZone,
                MoreContacts.NONE);
    }

    /// The same, with these laid behind those that are known.
    public DetailsChange adding(MoreContacts added) {
        return new DetailsChange(
                attributes,
                replacesAttributes,
                emailAddresses,
                phoneNumbers,
                pushTokens,
                locale,
                timeZone,
                added);
    }

    /// What is known afterwards. There must be room, see [#full].
    public ProfileDetails applyTo(ProfileDetails before) {
        return replaced(before).with(more);
    }

    /// The kinds of which the person would have more than a profile holds.
    public List<ContactKind> full(ProfileDetails before) {
        return more.equals(MoreContacts.NONE) ? List.of() : replaced(before).full(more);
    }

    private ProfileDetails replaced(ProfileDetails before) {
        Attributes known = replacesAttributes ? Attributes.NONE : before.attributes();
        return new ProfileDetails(
                known.overlaid(attributes),
                emailAddresses == null ? before.emailAddresses() : emailAddresses,
                phoneNumbers == null ? before.phoneNumbers() : phoneNumbers,
                pushTokens == null ? before.pushTokens() : pushTokens,
                locale == null ? before.locale() : locale,
                timeZone == null ? before.timeZone() : timeZone,
                before.formerAddresses());
    }

    @Override
    public String toString() {
        return "DetailsChange[redacted]";
    }
}
