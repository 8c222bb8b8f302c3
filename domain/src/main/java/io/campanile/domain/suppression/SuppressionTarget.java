package io.campanile.domain.suppression;

import io.campanile.domain.channel.EmailAddress;

import java.util.Optional;

/// One address, or every address of one domain (not of its subdomains), in the form they are
/// compared in: see [EmailAddress#comparable]. A domain must have a dot: a name without one
/// probably stood in the wrong column of a file, and would hold nothing back. Prints itself masked.
public record SuppressionTarget(String value) {
    private static final String ANYBODY = "a@";

    /// What some lists write before a domain. As an address it would hold back nobody.
    private static final String WILDCARD = "*@";

    /// The address as a target.
    public static SuppressionTarget of(EmailAddress address) {
        return new SuppressionTarget(address.comparable());
    }

    /// The address's domain as a target.
    public static SuppressionTarget domainOf(EmailAddress address) {
        return new SuppressionTarget(address.asciiDomain());
    }

    /// An address or a domain in any spelling, or nothing when the text is neither.
    public static Optional<SuppressionTarget> parse(String text) {
        if (text.startsWith(WILDCARD) || (namesDomain(text) && text.indexOf('.') < 0)) {
            return Optional.empty();
        }
        return EmailAddress.parse(addressOf(text))
                .map(namesDomain(text) ? SuppressionTarget::domainOf : SuppressionTarget::of);
    }

    /// A text in the form targets are compared in; as it is when it is neither address nor domain.
    public static String compared(String text) {
        return parse(text).map(SuppressionTarget::value).orElse(text);
    }

    /// What is wrong with a text that is neither.
    public static String fault(String text) {
        if (text.startsWith(WILDCARD)) {
            return "begins with *@, which stands for nobody; to mean everybody at a domain, write"
                    + " the domain alone";
        }
        return EmailAddress.fault(addressOf(text), "is neither an email address nor a domain");
    }

    private static String addressOf(String text) {
        return namesDomain(text) ? ANYBODY + text : text;
    }

    private static boolean namesDomain(String text) {
        return text.indexOf('@') < 0;
    }

    public boolean isDomain() {
        return namesDomain(value);
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
