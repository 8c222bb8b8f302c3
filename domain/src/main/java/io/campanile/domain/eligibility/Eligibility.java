package io.campanile.domain.eligibility;

import io.campanile.domain.message.MessageId;

import java.time.Instant;
import java.util.ArrayList;
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

    /// Decides about messages that would be handed over together: each counts for those behind it.
    ///
    /// @return one decision for each, in order, with what it counted
    public static List<Decided> decideTogether(List<Facts> messages, Instant now) {
        var batch = new Batch(now);
        return messages.stream().map(facts -> batch.decide(null, facts)).toList();
    }

    /// As [#decideTogether(List, Instant)], for messages that exist. One that was marked before is
    /// among what was counted already, so it counts only once for those behind it.
    ///
    /// @param ids one for each
    public static List<Decided> decideTogether(
            List<MessageId> ids, List<Facts> messages, Instant now) {
        var batch = new Batch(now);
        List<Decided> decided = new ArrayList<>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            decided.add(batch.decide(ids.get(i), messages.get(i)));
        }
        return decided;
    }

    /// What every rule says, in their order; the first that says no is the decision.
    public static List<Verdict> explain(Facts facts, Instant now) {
        return RULES.stream()
                .map(rule -> new Verdict(rule.rule(), rule.decide(facts, now)))
                .toList();
    }
}
