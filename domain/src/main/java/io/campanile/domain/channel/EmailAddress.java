package io.campanile.domain.channel;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where email is delivered: an addr-spec of RFC 5321 (with the UTF-8 of RFC 6531), without display
/// name, comments, quoted local parts or address literals. A domain beyond ASCII has an ASCII form
/// to be looked up by. Prints itself masked; what a mask looks like is no address, so that nobody
/// who read one writes it back.
public record EmailAddress(String value) {
    private static final int LONGEST = 254;
    private static final String MASK = "***@";
    private static final String WORD = "[^\\x00-\\x20\\x7F@\"(),:;<>\\[\\]\\\\.]{1,64}";
    private static final String LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
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
        return hasShape(text) && !isMask(text) && (isAscii(text) || hasComparable(text));
    }

    private static boolean isMask(String text) {
        return text.indexOf(MASK) == text.offsetByCodePoints(0, 1);
    }

    private static boolean hasShape(String text) {
        int at = text.lastIndexOf('@');
        return text.length() <= LONGEST && at > 0 && at <= 64 && SHAPE.matcher(text).matches();
    }

    /// Letters and digits beyond ASCII do not make every label a name (RFC 3490), and other forms
    /// may be longer.
    private static boolean hasComparable(String text) {
        try {
            return hasShape(comparable(text));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /// The form in which two spellings of one address are equal: in lower case, the domain by its
    /// ASCII form; an address itself. Providers that tell upper from lower case in local parts (RFC
    /// 5321 §2.4 allows it) do not exist in practice.
    public String comparable() {
        return comparable(value);
    }

    private static String comparable(String text) {
        int at = text.lastIndexOf('@');
        String domain = text.substring(at + 1);
        String ascii = isAscii(domain) ? domain : IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
        return (text.substring(0, at + 1) + ascii).toLowerCase(Locale.ROOT);
    }

    public String domain() {
        return value.substring(value.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /// First letter and domain, for people who may not see the whole.
    public String masked() {
        return value.substring(0, value.offsetByCodePoints(0, 1)) + MASK + domain();
    }

    @Override
    public String toString() {
        return masked();
    }
}
