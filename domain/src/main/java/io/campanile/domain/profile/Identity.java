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

    /// What keeps a key from being anybody's.
    ///
    /// @param part of the key, `namespace` or `value`
    /// @param description for people
    public record Fault(String part, String description) {}

    /// What keeps the key from being anybody's; nothing with most keys.
    public Optional<Fault> fault() {
        return namespaceFault(namespace)
                .map(fault -> new Fault("namespace", fault))
                .or(() -> valueFault().map(fault -> new Fault("value", fault)));
    }

    /// Why keys may not be of a namespace; nothing with most. Values of one that is `email` but for
    /// capital letters would be taken for no addresses.
    public static Optional<String> namespaceFault(String namespace) {
        return namespace.equalsIgnoreCase(EMAIL) && !namespace.equals(EMAIL)
                ? Optional.of("must be written email, in small letters")
                : Optional.empty();
    }

    private Optional<String> valueFault() {
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
