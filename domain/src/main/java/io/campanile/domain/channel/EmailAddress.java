package io.campanile.domain.channel;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where email is delivered: an addr-spec of RFC 5321 (with the UTF-8 of RFC 6531), without display
/// name, comments, quoted local parts or address literals. A domain beyond ASCII has an ASCII form
/// to be looked up by. Prints itself masked.
public record EmailAddress(String value) {
    private static final int LONGEST = 254;
    private static final int LONGEST_DOMAIN = 253;
    private static final String WORD = "[^\\x00-\\x20\\x7F@\"(),:;<>\\[\\]\\\\.]{1,64}";
    private static final String LABEL = "[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,62}";
    private static final Pattern SHAPE =
            Pattern.compile(WORD + "(?:\\." + WORD + ")*@" + LABEL + "(?:\\." + LABEL + ")*");

    public EmailAddress {
        if (!isAddress(value)) {
            throw new IllegalArgumentException("not an email address");
        }
    }

    /// The address, or nothing when the text is not one.
    public static Optional<EmailAddress> parse(String text) {
        return isAddress(text) ? Optional.of(new EmailAddress(text)) : Optional.empty();
    }

    private static boolean isAddress(String text) {
        int at = text.lastIndexOf('@');
        return text.length() <= LONGEST
                && at > 0
                && at <= 64
                && SHAPE.matcher(text).matches()
                && hasAsciiForm(text.substring(at + 1));
    }

    /// Letters and digits beyond ASCII do not make every label a name (RFC 3490).
    private static boolean hasAsciiForm(String domain) {
        if (domain.chars().allMatch(c -> c < 0x80)) {
            return true;
        }
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).length() <= LONGEST_DOMAIN;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// The form in which two spellings of one address are equal: in lower case, the domain by its
    /// ASCII form. Providers that tell upper from lower case in local parts (RFC 5321 §2.4 allows
    /// it) do not exist in practice.
    public String comparable() {
        if (value.chars().allMatch(c -> c < 0x80)) {
            return value.toLowerCase(Locale.ROOT);
        }
        int at = value.lastIndexOf('@');
        String domain = IDN.toASCII(value.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
        return (value.substring(0, at + 1) + domain).toLowerCase(Locale.ROOT);
    }

    public String domain() {
        return value.substring(value.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /// First letter and domain, for people who may not see the whole.
    public String masked() {
        return value.substring(0, value.offsetByCodePoints(0, 1)) + "***@" + domain();
    }

    @Override
    public String toString() {
        return masked();
    }
}
