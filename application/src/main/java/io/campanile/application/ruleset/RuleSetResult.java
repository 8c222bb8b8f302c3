package io.campanile.application.ruleset;

import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetDecision;
import io.campanile.domain.ruleset.RuleSetLifecycle.Action;
import io.campanile.domain.ruleset.RuleSetName;

/// What a changing call on a rule set came to.
public sealed interface RuleSetResult {
    /// Done, now or by an earlier call with the same request id; with `validate_only`, what would
    /// be. One that was deleted is answered as it was.
    record Done(RuleSet ruleSet) implements RuleSetResult {}

    /// Why it was not done. Nothing changed.
    sealed interface NotDone extends RuleSetResult {}

    record NotFound(RuleSetName name) implements NotDone {}

    /// The id is taken.
    record Exists(RuleSetName name) implements NotDone {}

    /// Somebody else was faster.
    record EtagMismatch(RuleSet current) implements NotDone {}

    /// The rule set does not allow it; nothing changed.
    record Refused(RuleSet ruleSet, Action action, RuleSetDecision.Refused refusal)
            implements NotDone {}

    /// The request id belongs to another request, which made or changed the resource of that name.
    record RequestIdReused(String requestId, String resource) implements NotDone {}
}
