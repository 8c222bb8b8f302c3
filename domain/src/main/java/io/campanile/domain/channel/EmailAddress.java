package io.campanile.domain.channel;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where email is delivered: an addr-spec of RFC 5321 (with the UTF-8 of RFC 6531), without display
/// name, comments, quoted local parts or address literals. Prints itself masked.
public record EmailAddress(String value) {
    private static final int LONGEST = 254;
    private static final Pattern SHAPE =
            Pattern.compile(
                    "[^\\s\\p{Cntrl}@\"(),:;<>\\[\\]\\\\.]{1,64}(?:\\.[^\\s\\p{Cntrl}@\"(),:;<>\\[\\]\\\\.]{1,64})*"
                        + "@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,62})(?:\\.[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,62}))*");

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
        return text.length() <= LONGEST && at > 0 && at <= 64 && SHAPE.matcher(text).matches();
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
