package io.campanile.domain.eligibility;

import io.campanile.domain.message.Reason;
import io.campanile.domain.suppression.SuppressionFact;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.function.Function;

/// Nothing goes to suppressed addresses or domains, whatever the message is for; but a service
/// message may bypass complaints.
///
/// @param found which of the suppressions it looks at
record SuppressionRule(Rule rule, Reason reason, Function<Facts, @Nullable SuppressionFact> found)
        implements EligibilityRule {
    static final SuppressionRule OF_ADDRESS =
            new SuppressionRule(
                    Rule.ADDRESS_SUPPRESSION, Reason.ADDRESS_SUPPRESSED, Facts::addressSuppression);
    static final SuppressionRule OF_DOMAIN =
            new SuppressionRule(
                    Rule.DOMAIN_SUPPRESSION, Reason.DOMAIN_SUPPRESSED, Facts::domainSuppression);

    @Override
    public Decision decide(Facts facts, Instant now) {
        SuppressionFact entry = found.apply(facts);
        return entry == null || !entry.isInForce(now) || facts.occasion().bypasses(entry)
                ? new Decision.Deliver()
                : new Decision.Exclude(
                        reason,
                        new Evidence(
                                entry.entry().nameIn(facts.occasion().workspace()),
                                entry.reason().name(),
                                entry.since()),
                        remedy(facts.occasion(), entry));
    }

    private static String remedy(Occasion occasion, SuppressionFact entry) {
        return occasion.couldBypass(entry)
                ? "The entry would have to be deleted or to expire, or the channel configuration to"
                        + " bypass complaints."
                : "The entry would have to be deleted or to expire.";
    }
}
