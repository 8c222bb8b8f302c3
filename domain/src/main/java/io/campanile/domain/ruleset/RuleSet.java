package io.campanile.domain.ruleset;

import java.time.Instant;
import java.util.Collection;

/// Rules about marketing that campaigns share. Each rule set counts for itself: a cap counts the
/// messages that were sent under its rule set.
///
/// @param version raised by every change; the etag
public record RuleSet(
        RuleSetId id,
        RuleSetName name,
        RuleSetDefinition definition,
        State state,
        long version,
        Instant createTime,
        Instant updateTime) {

    /// Which marketing campaigns it is for.
    public enum Scope {
        /// It holds for campaigns that name it.
        NAMING_CAMPAIGNS,
        /// It holds for all campaigns of the workspace, whether they name it or not.
        EVERY_CAMPAIGN
    }

    /// Where a rule set stands.
    public enum State {
        /// Being written; binds nobody.
        DRAFT,
        /// Binds the next decision.
        ACTIVE,
        /// Binds nobody any more. What was counted stays counted.
        INACTIVE
    }

    /// A draft nobody has changed yet.
    public static RuleSet created(
            RuleSetId id, RuleSetName name, RuleSetDefinition definition, Instant now) {
        return new RuleSet(id, name, definition, State.DRAFT, 1, now, now);
    }

    /// This with what can be edited replaced.
    public RuleSet edited(RuleSetDefinition edit) {
        return new RuleSet(id, name, edit, state, version, createTime, updateTime);
    }

    /// The same in another state, as its next version.
    RuleSet changed(State newState, Instant now) {
        return new RuleSet(id, name, definition, newState, version + 1, createTime, now);
    }

    /// Whether it binds marketing of a campaign.
    ///
    /// @param named the ids of the rule sets the campaign names
    public boolean isInForce(Collection<String> named) {
        return state == State.ACTIVE
                && (definition.scope() == Scope.EVERY_CAMPAIGN || named.contains(name.ruleSet()));
    }
}
