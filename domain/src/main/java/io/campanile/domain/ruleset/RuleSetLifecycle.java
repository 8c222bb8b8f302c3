package io.campanile.domain.ruleset;

import io.campanile.domain.ruleset.RuleSet.State;
import io.campanile.domain.ruleset.RuleSetDecision.Changed;
import io.campanile.domain.ruleset.RuleSetDecision.Deleted;
import io.campanile.domain.ruleset.RuleSetDecision.Reason;
import io.campanile.domain.ruleset.RuleSetDecision.Refused;
import io.campanile.domain.use.Uses;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/// Every transition of a rule set, in one place.
public final class RuleSetLifecycle {
    private RuleSetLifecycle() {}

    /// What somebody asks of a rule set; what `available_actions` lists.
    public enum Action {
        /// Replaces everything but name and state.
        UPDATE,
        DELETE,
        ACTIVATE,
        DEACTIVATE
    }

    /// What the action comes to; an update is decided with the new rule set.
    public static RuleSetDecision decide(RuleSet ruleSet, Action action, Uses uses, Instant now) {
        return decide(ruleSet, action, () -> uses, now);
    }

    /// As [#decide(RuleSet, Action, Uses, Instant)], with uses that are looked up only when the
    /// decision depends on them.
    ///
    /// @param uses whoever answers looks through all revisions of all campaigns, and through open
    ///   messages
    public static RuleSetDecision decide(
            RuleSet ruleSet, Action action, Supplier<Uses> uses, Instant now) {
        return switch (action) {
            case UPDATE -> update(ruleSet, now);
            case DELETE -> delete(ruleSet, uses);
            case ACTIVATE -> activate(ruleSet, now);
            case DEACTIVATE -> deactivate(ruleSet, uses, now);
        };
    }

    /// The calls that would not be refused for the rule set's state; its use may still.
    public static Set<Action> availableActions(RuleSet ruleSet) {
        Set<Action> available = EnumSet.allOf(Action.class);
        available.removeIf(action ->
                decide(ruleSet, action, Uses.NONE, ruleSet.updateTime()) instanceof Refused refused
                        && refused.reason() == Reason.RULE_SET_STATE_CONFLICT);
        return available;
    }

    private static RuleSetDecision update(RuleSet ruleSet, Instant now) {
        return ruleSet.state() == State.ACTIVE && ruleSet.definition().isEmpty()
                ? new Refused(
                        Reason.RULE_SET_EMPTY,
                        "An active rule set needs a rule.",
                        "Deactivate it, or leave it a frequency cap or quiet hours.")
                : new Changed(ruleSet.changed(ruleSet.state(), now));
    }

    private static RuleSetDecision delete(RuleSet ruleSet, Supplier<Uses> uses) {
        return switch (ruleSet.state()) {
            case ACTIVE -> conflict(ruleSet.state(), Action.DELETE, "Deactivate it first.");
            case DRAFT, INACTIVE -> {
                Uses named = uses.get();
                yield named.isEmpty()
                        ? new Deleted()
                        : new Refused(
                                Reason.RULE_SET_IN_USE,
                                "Campaigns name it: " + named.count() + ".",
                                "Delete or archive those campaigns; archived ones are purged"
                                        + " after some time.",
                                named);
            }
        };
    }

    private static RuleSetDecision activate(RuleSet ruleSet, Instant now) {
        return switch (ruleSet.state()) {
            case ACTIVE -> conflict(ruleSet.state(), Action.ACTIVATE, "Nothing: it is active.");
            case DRAFT, INACTIVE ->
                    ruleSet.definition().isEmpty()
                            ? new Refused(
                                    Reason.RULE_SET_EMPTY,
                                    "It has no rule.",
                                    "Give it a frequency cap or quiet hours.")
                            : new Changed(ruleSet.changed(State.ACTIVE, now));
        };
    }

    private static RuleSetDecision deactivate(RuleSet ruleSet, Supplier<Uses> uses, Instant now) {
        return switch (ruleSet.state()) {
            case DRAFT, INACTIVE ->
                    conflict(
                            ruleSet.state(),
                            Action.DEACTIVATE,
                            "Nothing: it binds nobody as it is.");
            case ACTIVE -> {
                Uses running = uses.get().running();
                yield running.isEmpty()
                        ? new Changed(ruleSet.changed(State.INACTIVE, now))
                        : new Refused(
                                Reason.RULE_SET_IN_USE,
                                "Campaigns that are scheduled, live or paused, or have messages to"
                                        + " send, name it: "
                                        + running.count()
                                        + ".",
                                "Stop them or let them name another one, and wait for what is"
                                        + " open or cancel it; or change its rules.",
                                running);
            }
        };
    }

    private static RuleSetDecision conflict(State state, Action action, String whatToDo) {
        return new Refused(
                Reason.RULE_SET_STATE_CONFLICT,
                "A rule set in state %s does not allow %s."
                        .formatted(state, action.name().toLowerCase(Locale.ROOT)),
                whatToDo);
    }
}
