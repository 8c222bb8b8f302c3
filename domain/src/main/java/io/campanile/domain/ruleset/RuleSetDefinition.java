package io.campanile.domain.ruleset;

import java.util.List;

/// What operators say about a rule set: its words, which campaigns it is for, and its rules.
public record RuleSetDefinition(
        String displayName,
        RuleSet.Scope scope,
        List<FrequencyCap> caps,
        List<QuietHours> quietHours) {
    public RuleSetDefinition {
        caps = List.copyOf(caps);
        quietHours = List.copyOf(quietHours);
    }

    /// Whether it has no rule at all.
    boolean isEmpty() {
        return caps.isEmpty() && quietHours.isEmpty();
    }
}
