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
public record DetailsChange(
        Map<String, Object> attributes,
        boolean replacesAttributes,
        @Nullable List<EmailAddress> emailAddresses,
        @Nullable List<PhoneNumber> phoneNumbers,
        @Nullable List<PushToken> pushTokens,
        @Nullable String locale,
        @Nullable String timeZone) {
    /// Nothing was learned.
    public static final DetailsChange NOTHING =
            new DetailsChange(Map.of(), false, null, null, null, null, null);

    /// What is known afterwards.
    public ProfileDetails applyTo(ProfileDetails before) {
        Attributes known = replacesAttributes ? Attributes.NONE : before.attributes();
        return new ProfileDetails(
                known.overlaid(attributes),
                emailAddresses == null ? before.emailAddresses() : emailAddresses,
                phoneNumbers == null ? before.phoneNumbers() : phoneNumbers,
                pushTokens == null ? before.pushTokens() : pushTokens,
                locale == null ? before.locale() : locale,
                timeZone == null ? before.timeZone() : timeZone);
    }

    @Override
    public String toString() {
        return "DetailsChange[redacted]";
    }
}
