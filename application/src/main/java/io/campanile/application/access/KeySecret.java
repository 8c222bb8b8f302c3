package io.campanile.application.access;

import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The secret of a key: shown once, never stored. Prints itself redacted.
public record KeySecret(String value) {
    private static final String PREFIX = "cmp_";
    private static final int RANDOM_BYTES = 32;
    private static final int SHOWN = 10;
    private static final Pattern SHAPE = Pattern.compile("cmp_[A-Za-z0-9_-]{43,128}");

    public KeySecret {
        if (!hasShape(value)) {
            throw new IllegalArgumentException(
                    "a key is cmp_ followed by 43 to 128 letters, digits, _ or -");
        }
    }

    /// Whether a text could be a key; what is not was never given out.
    static boolean hasShape(String text) {
        return SHAPE.matcher(text).matches();
    }

    /// A key of 256 random bits.
    ///
    /// @param random cryptographically strong
    static KeySecret generate(RandomGenerator random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new KeySecret(
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// The first characters, by which people tell keys apart.
    String shown() {
        return value.substring(0, SHOWN);
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
