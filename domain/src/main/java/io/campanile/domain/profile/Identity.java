package io.campanile.domain.profile;

import io.campanile.domain.channel.EmailAddress;

/// One key that points at a person. Prints itself masked: the value may be an address.
public record Identity(String namespace, String value) {
    /// The namespace whose values are email addresses.
    public static final String EMAIL = "email";

    /// What messages name instead of somebody who was erased.
    public static final Identity ERASED = new Identity("erased", "-");

    /// The same key in the form keys are compared in: an email address as addresses are.
    public Identity comparable() {
        return namespace.equals(EMAIL)
                ? EmailAddress.parse(value)
                        .map(address -> new Identity(EMAIL, address.comparable()))
                        .orElse(this)
                : this;
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
