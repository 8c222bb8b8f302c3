package io.campanile.domain.channel;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where email is delivered: an addr-spec of RFC 5321 (with the UTF-8 of RFC 6531), without display
/// name, comments, quoted local parts or address literals. A domain beyond ASCII must have an ASCII
/// form for look-ups that everybody agrees on. Prints itself masked; a masked address is not a
/// valid one, so that nobody who read it can write it back.
public record EmailAddress(String value) {
    private static final int LONGEST = 254;
    private static final String MASK = "***@";
    private static final String UNCERTAIN_DOMAIN =
            "has a domain that not everybody reads alike; write the domain in its ASCII form,"
                    + " which begins with xn--";

    private static final String UNSEEN =
            "has a character that nobody sees, such as a no-break space";

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
        return isOpenAndHasShape(text) && (isAscii(text) || hasComparable(text));
    }

    private static boolean isMask(String text) {
        return text.indexOf(MASK) == text.offsetByCodePoints(0, 1);
    }

    private static boolean isOpenAndHasShape(String text) {
        return hasShape(text) && !isMask(text);
    }

    private static boolean hasShape(String text) {
        return text.length() <= LONGEST && AddressShape.fits(text);
    }

    /// Other forms may be longer, or turn out to be a mask.
    private static boolean hasComparable(String text) {
        return comparable(text).filter(EmailAddress::isOpenAndHasShape).isPresent();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /// Whether a text would be an address, did everybody read its domain alike.
    public static boolean hasUncertainDomain(String text) {
        return !isAscii(text) && isOpenAndHasShape(text) && comparable(text).isEmpty();
    }

    /// Whether a text has characters that no address has and nobody sees.
    public static boolean hidesSomething(String text) {
        return !isAscii(text) && AddressShape.hidesSomething(text);
    }

    /// What is wrong with a text that is no address.
    public static String fault(String text) {
        return fault(text, "is not an email address");
    }

    /// What is wrong with a text that is no address.
    ///
    /// @param otherwise what is said when it is more than the domain, and can be seen
    public static String fault(String text, String otherwise) {
        if (hidesSomething(text)) {
            return UNSEEN;
        }
        return hasUncertainDomain(text) ? UNCERTAIN_DOMAIN : otherwise;
    }

    /// The form in which two spellings of one address are equal: in lower case, accents put
    /// together with their letters (NFC, RFC 6532 §3.1), the domain by its ASCII form; an address
    /// itself. Providers that tell upper from lower case in local parts (RFC 5321 §2.4 allows it)
    /// do not exist in practice.
    public String comparable() {
        return comparable(value).orElseThrow();
    }

    private static Optional<String> comparable(String text) {
        int local = text.lastIndexOf('@') + 1;
        return DomainNames.ascii(text.substring(local))
                .map(domain -> lower(text.substring(0, local)) + domain);
    }

    /// Letter by letter, because some are another letter at the end of a word. What has no capital
    /// letter in one piece is put together afterwards.
    private static String lower(String local) {
        if (isAscii(local)) {
            return local.toLowerCase(Locale.ROOT);
        }
        var lower = new StringBuilder(local.length());
        Normalizer.normalize(local, Form.NFC)
                .codePoints()
                .map(Character::toLowerCase)
                .forEach(lower::appendCodePoint);
        return Normalizer.normalize(lower, Form.NFC);
    }

    /// The domain by its ASCII form.
    public String asciiDomain() {
        String comparable = comparable();
        return comparable.substring(comparable.lastIndexOf('@') + 1);
    }

    /// The texts in lower case that are this address: the domain in ASCII, and in letters, what
    /// stands before it with accents put together with their letters, and behind them.
    public Set<String> spellings() {
        String ascii = comparable();
        String local = ascii.substring(0, ascii.lastIndexOf('@') + 1);
        String domain = ascii.substring(local.length());
        Set<String> spellings = new LinkedHashSet<>();
        for (String spelled : List.of(local, Normalizer.normalize(local, Form.NFD))) {
            spellings.add(spelled + domain);
            spellings.add(spelled + DomainNames.letters(domain));
        }
        return spellings;
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
