package io.campanile.domain.trigger;

/// One key that points at a person. Prints itself masked: the value may be an address.
public record Identity(String namespace, String value) {
    /// The namespace whose values are email addresses.
    public static final String EMAIL = "email";

    @Override
    public String toString() {
        return namespace + ":***";
    }
}
