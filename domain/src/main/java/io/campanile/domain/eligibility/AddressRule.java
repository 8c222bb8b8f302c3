package io.campanile.domain.eligibility;

import io.campanile.domain.message.Reason;

import java.time.Instant;

/// Nobody can be written to without an address.
final class AddressRule implements EligibilityRule {
    @Override
    public Rule rule() {
        return Rule.ADDRESS;
    }

    @Override
    public Decision decide(Facts facts, Instant now) {
        return facts.addressee().address() == null
                ? new Decision.Exclude(
                        Reason.ADDRESS_MISSING,
                        Evidence.NOTHING_ON_RECORD,
                        "The call would have to carry an address, or the profile to have one.")
                : new Decision.Deliver();
    }
}
