package io.campanile.grpc.profile;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;

import io.campanile.domain.channel.PhoneNumber;

import java.util.Optional;

/// Phone numbers as people write them, checked against the numbering plans of all countries.
final class PhoneNumbers {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
    private static final String NO_COUNTRY = "ZZ";

    private PhoneNumbers() {}

    /// The number that is written in international form; nothing when no country has it.
    static Optional<PhoneNumber> parse(String text) {
        try {
            Phonenumber.PhoneNumber number = PLANS.parse(text, NO_COUNTRY);
            return PLANS.isValidNumber(number)
                    ? PhoneNumber.parse(PLANS.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException _) {
            return Optional.empty();
        }
    }
}
