package io.campanile.domain.channel;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where a person is called or texted, in the form of E.164, such as `+436641234567`. That such a
/// number can exist is not said. Prints itself masked.
public record PhoneNumber(String value) {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");
    private static final int SHOWN = 2;

    public PhoneNumber {
        if (!E164.matcher(value).matches()) {
            throw new IllegalArgumentException("not a number of E.164");
        }
    }

    /// The number, or nothing when the text is not one.
    public static Optional<PhoneNumber> parse(String text) {
        return E164.matcher(text).matches() ? Optional.of(new PhoneNumber(text)) : Optional.empty();
    }

    /// The last two digits, for people who may not see the whole.
    public String masked() {
        return "+***" + value.substring(value.length() - SHOWN);
    }

    @Override
    public String toString() {
        return masked();
    }
}
