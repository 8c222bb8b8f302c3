package io.campanile.application.ruleset;

import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetDecision;
import io.campanile.domain.ruleset.RuleSetLifecycle.Action;
import io.campanile.domain.ruleset.RuleSetName;

/// What a changing call on a rule set came to.
public sealed interface RuleSetResult {
    /// Done, now or by an earlier call with the same request id; with `validate_only`, what would
    /// be.
    record Done(RuleSet ruleSet) implements RuleSetResult {}

    /// The rule set is gone.
    record Deleted() implements RuleSetResult {}

    record NotFound(RuleSetName name) implements RuleSetResult {}

    /// The id is taken.
    record Exists(RuleSetName name) implements RuleSetResult {}

    /// Somebody else was faster.
    record EtagMismatch(RuleSet current) implements RuleSetResult {}

    /// The rule set does not allow it; nothing changed.
    record Refused(RuleSet ruleSet, Action action, RuleSetDecision.Refused refusal)
            implements RuleSetResult {}

    /// The request id belongs to another request.
    record RequestIdReused(String requestId) implements RuleSetResult {}
}
