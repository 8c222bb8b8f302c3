package io.campanile.domain.eligibility;

import io.campanile.domain.consent.Consent;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.suppression.SuppressionFact;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is known about one recipient of one message when it is decided.
///
/// @param occasion what the message is
/// @param addressee who it is for
/// @param sendsWhenUnset whether marketing goes to people who neither agreed nor refused
/// @param profileConsents what counts of what the person said, at least of the levels that cover
///   the message; empty for a person nobody knows
/// @param addressConsents the same of what was said for the address
/// @param addressSuppression the suppression of the address, expired or not
/// @param domainSuppression the suppression of the address's domain, expired or not
/// @param allowedList what the allowed list says about the address
/// @param rules what rule sets say; nothing about messages that are no marketing
public record Facts(
        Occasion occasion,
        Addressee addressee,
        boolean sendsWhenUnset,
        List<Consent> profileConsents,
        List<Consent> addressConsents,
        @Nullable SuppressionFact addressSuppression,
        @Nullable SuppressionFact domainSuppression,
        AllowedList allowedList,
        RuleFacts rules) {
    /// Facts without rule sets, where the allowed list is off.
    public Facts(
            Occasion occasion,
            Addressee addressee,
            boolean sendsWhenUnset,
            List<Consent> profileConsents,
            List<Consent> addressConsents,
            @Nullable SuppressionFact addressSuppression,
            @Nullable SuppressionFact domainSuppression) {
        this(
                occasion,
                addressee,
                sendsWhenUnset,
                profileConsents,
                addressConsents,
                addressSuppression,
                domainSuppression,
                AllowedList.OFF,
                RuleFacts.NONE);
    }

    public Facts {
        profileConsents = List.copyOf(profileConsents);
        addressConsents = List.copyOf(addressConsents);
    }

    /// The same where the allowed list says that.
    public Facts with(AllowedList says) {
        return new Facts(
                occasion,
                addressee,
                sendsWhenUnset,
                profileConsents,
                addressConsents,
                addressSuppression,
                domainSuppression,
                says,
                rules);
    }

    /// The same with newer rules.
    public Facts with(RuleFacts newer) {
        return new Facts(
                occasion,
                addressee,
                sendsWhenUnset,
                profileConsents,
                addressConsents,
                addressSuppression,
                domainSuppression,
                allowedList,
                newer);
    }

    /// What is known of somebody about whom nothing is on record.
    public static Facts nothing(Occasion occasion, Addressee addressee) {
        return new Facts(occasion, addressee, false, List.of(), List.of(), null, null);
    }

    /// Whether a decision by these rests on no record at all, as most about service messages do.
    /// Marketing always rests on something: on a consent, or on the workspace's setting to send
    /// without.
    public boolean areNothing() {
        return occasion.purpose() == Purpose.SERVICE
                && addressee.isOfCallOnly()
                && equals(nothing(occasion, addressee));
    }
}
