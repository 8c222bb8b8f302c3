package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.PhoneNumber;
import io.campanile.domain.channel.PushToken;

import java.util.List;

/// Where else a person is reached, by somebody who need not know where they were reached before.
public record MoreContacts(
        List<EmailAddress> emailAddresses,
        List<PhoneNumber> phoneNumbers,
        List<PushToken> pushTokens) {
    public static final MoreContacts NONE = new MoreContacts(List.of(), List.of(), List.of());

    public MoreContacts {
        emailAddresses = List.copyOf(emailAddresses);
        phoneNumbers = List.copyOf(phoneNumbers);
        pushTokens = List.copyOf(pushTokens);
    }

    /// All of it is personal: never printed.
    @Override
    public String toString() {
        return "MoreContacts[redacted]";
    }
}
