package io.campanile.domain.eligibility;

import java.time.Instant;
import java.util.List;

/// Decides who may be written to. The only place that does.
public final class Eligibility {
    private static final List<EligibilityRule> RULES =
            List.of(
                    new ProfileRule(),
                    new AddressRule(),
                    new ConsentRule(),
                    SuppressionRule.OF_ADDRESS,
                    SuppressionRule.OF_DOMAIN,
                    new AllowedListRule(),
                    new QuietHoursRule(),
                    new FrequencyRule());

    private Eligibility() {}

    /// The first rule that says no, in their order, decides.
    public static Decision decide(Facts facts, Instant now) {
        for (EligibilityRule rule : RULES) {
            Decision decision = rule.decide(facts, now);
            if (!(decision instanceof Decision.Deliver)) {
                return decision;
            }
        }
        return new Decision.Deliver();
    }

    /// Decides about messages that are handed over together: each counts for those behind it.
    ///
    /// @return one decision for each, in order, with what it counted
    public static List<Decided> decideTogether(List<Facts> messages, Instant now) {
        var batch = new Batch(now);
        return messages.stream().map(batch::decide).toList();
    }

    /// What every rule says, in their order; the first that says no is the decision.
    public static List<Verdict> explain(Facts facts, Instant now) {
        return RULES.stream()
                .map(rule -> new Verdict(rule.rule(), rule.decide(facts, now)))
                .toList();
    }
}
