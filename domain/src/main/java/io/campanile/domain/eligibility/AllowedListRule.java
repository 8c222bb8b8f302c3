package io.campanile.domain.eligibility;

import io.campanile.domain.message.Reason;

import java.time.Instant;

/// Where the allowed list is on, nothing goes to anybody else, whatever the message is for.
final class AllowedListRule implements EligibilityRule {
    private static final Decision LACKING =
            new Decision.Exclude(
                    Reason.NOT_ON_ALLOWED_LIST,
                    new Evidence("", "", null),
                    "The address or its domain would have to be put on the allowed list, or the"
                            + " list to be switched off.");

    @Override
    public Rule rule() {
        return Rule.ALLOWED_LIST;
    }

    @Override
    public Decision decide(Facts facts, Instant now) {
        return facts.allowedList().lets(now) ? new Decision.Deliver() : LACKING;
    }
}
