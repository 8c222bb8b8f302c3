package io.campanile.domain.eligibility;

import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.ProfileLookup;

import java.time.Instant;

/// A campaign for known people only writes to nobody else.
final class ProfileRule implements EligibilityRule {
    @Override
    public Rule rule() {
        return Rule.PROFILE;
    }

    @Override
    public Decision decide(Facts facts, Instant now) {
        return facts.occasion().profileLookup() == ProfileLookup.REQUIRED
                        && facts.addressee().person() == null
                ? new Decision.Exclude(
                        Reason.PROFILE_UNKNOWN,
                        Evidence.NOTHING_ON_RECORD,
                        "The identity would have to point at a profile.")
                : new Decision.Deliver();
    }
}
