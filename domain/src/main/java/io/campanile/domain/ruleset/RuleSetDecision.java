package io.campanile.domain.ruleset;

import io.campanile.domain.use.Uses;

/// What a call on a rule set comes to.
public sealed interface RuleSetDecision {
    /// The rule set as it is from now on.
    record Changed(RuleSet ruleSet) implements RuleSetDecision {}

    /// The rule set is to be removed.
    record Deleted() implements RuleSetDecision {}

    /// The rule set cannot do what was asked.
    ///
    /// @param text what is in the way, one sentence
    /// @param whatToDo how to get there, one sentence
    /// @param uses the campaigns that are in the way
    record Refused(Reason reason, String text, String whatToDo, Uses uses)
            implements RuleSetDecision {
        Refused(Reason reason, String text, String whatToDo) {
            this(reason, text, whatToDo, Uses.NONE);
        }
    }

    /// The reason's name, the same in the API.
    enum Reason {
        /// The state does not allow the call.
        RULE_SET_STATE_CONFLICT,
        /// Campaigns name it.
        RULE_SET_IN_USE,
        /// It has no rule.
        RULE_SET_EMPTY
    }
}
