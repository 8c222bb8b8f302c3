package io.campanile.domain.suppression;

import io.campanile.domain.channel.EmailAddress;

import java.util.Optional;

/// One address, or every address of one domain (not of its subdomains), in the form they are
/// compared in: see [EmailAddress#comparable]. Prints itself masked.
public record SuppressionTarget(String value) {
    private static final String ANYBODY = "a@";

    /// The address as a target.
    public static SuppressionTarget of(EmailAddress address) {
        return new SuppressionTarget(address.comparable());
    }

    /// The address's domain as a target.
    public static SuppressionTarget domainOf(EmailAddress address) {
        String comparable = address.comparable();
        return new SuppressionTarget(comparable.substring(comparable.lastIndexOf('@') + 1));
    }

    /// An address or a domain in any spelling, or nothing when the text is neither.
    public static Optional<SuppressionTarget> parse(String text) {
        return text.indexOf('@') < 0
                ? EmailAddress.parse(ANYBODY + text).map(SuppressionTarget::domainOf)
                : EmailAddress.parse(text).map(SuppressionTarget::of);
    }

    public boolean isDomain() {
        return value.indexOf('@') < 0;
    }

    /// A domain as it is; of an address the first letter and the domain.
    public String masked() {
        return isDomain() ? value : new EmailAddress(value).masked();
    }

    @Override
    public String toString() {
        return masked();
    }
}
