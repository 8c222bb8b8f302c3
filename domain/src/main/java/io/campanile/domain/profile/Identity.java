package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;

import java.util.Optional;

/// One key that points at a person. Prints itself masked: the value may be an address.
public record Identity(String namespace, String value) {
    /// The namespace whose values are email addresses.
    public static final String EMAIL = "email";

    /// What messages name instead of somebody who was erased.
    public static final Identity ERASED = new Identity("erased", "-");

    /// The key that an address is, in the form keys are compared in.
    public static Identity of(EmailAddress address) {
        return new Identity(EMAIL, address.comparable());
    }

    /// The same key in the form keys are compared in: an email address as addresses are.
    public Identity comparable() {
        return emailAddress().map(Identity::of).orElse(this);
    }

    /// The address that the key is; nothing when it is another kind of key.
    public Optional<EmailAddress> emailAddress() {
        return namespace.equals(EMAIL) ? EmailAddress.parse(value) : Optional.empty();
    }

    /// What keeps the key from being anybody's; nothing with most keys.
    public Optional<String> fault() {
        return namespace.equals(EMAIL) && EmailAddress.hasUncertainDomain(value)
                ? Optional.of(EmailAddress.fault(value))
                : Optional.empty();
    }

    /// The first character, and the domain of an email address, for people who may not see the
    /// whole.
    public String masked() {
        int at = namespace.equals(EMAIL) ? value.lastIndexOf('@') : -1;
        return value.substring(0, value.offsetByCodePoints(0, 1))
                + "***"
                + (at > 0 ? value.substring(at) : "");
    }

    @Override
    public String toString() {
        return namespace + ":***";
    }
}
