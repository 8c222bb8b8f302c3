package io.campanile.domain.channel;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/// Domains in letters and in ASCII. The JDK reads them by RFC 3490 (IDNA2003), registries and mail
/// servers by RFC 5891 (IDNA2008), for which `straße.de` is not `strasse.de`: mail would go to
/// strangers. Both agree on the domains that are still themselves on the way to ASCII and back.
final class DomainNames {
    private DomainNames() {}

    /// The domain in lower case and ASCII; nothing when it has no such form that is certain.
    static Optional<String> ascii(String domain) {
        String lower = domain.toLowerCase(Locale.ROOT);
        if (lower.chars().allMatch(c -> c < 0x80)) {
            return Optional.of(lower);
        }
        try {
            String ascii = IDN.toASCII(lower, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return letters(ascii).equals(lower) ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The domain in letters, as far as it has such a form.
    static String letters(String ascii) {
        return IDN.toUnicode(ascii);
    }
}
