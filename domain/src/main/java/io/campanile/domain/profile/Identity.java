package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;

import java.util.Optional;
import java.util.Set;

/// One key that points at a person. Prints itself masked: the value may be an address.
public record Identity(String namespace, String value) {
    /// The namespace whose values are email addresses.
    public static final String EMAIL = "email";

    private static final String MASK = "***";

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

    /// Whether the key is of the namespace whose values are email addresses.
    public boolean isOfEmail() {
        return namespace.equals(EMAIL);
    }

    /// The address that the key is; nothing when it is another kind of key.
    public Optional<EmailAddress> emailAddress() {
        return isOfEmail() ? EmailAddress.parse(value) : Optional.empty();
    }

    /// The values that are this key: of an email address all its spellings, in lower case.
    public Set<String> spellings() {
        return emailAddress().map(EmailAddress::spellings).orElse(Set.of(value));
    }

    /// What keeps the key from being anybody's; nothing with most keys.
    public Optional<String> fault() {
        if (value.contains(MASK) && value.equals(masked())) {
            return Optional.of("is what a caller sees who may not see the identity");
        }
        return isOfEmail()
                        && (EmailAddress.hasUncertainDomain(value)
                                || EmailAddress.hidesSomething(value))
                ? Optional.of(EmailAddress.fault(value))
                : Optional.empty();
    }

    /// The first character, and the domain of an email address, for people who may not see the
    /// whole. A masked text is nobody's key, so that nobody who read it can write it back.
    public String masked() {
        int at = isOfEmail() ? value.lastIndexOf('@') : -1;
        return value.substring(0, value.offsetByCodePoints(0, 1))
                + MASK
                + (at > 0 ? value.substring(at) : "");
    }

    @Override
    public String toString() {
        return namespace + ":***";
    }
}
