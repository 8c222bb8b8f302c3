package io.campanile.domain.ruleset;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Rules about marketing that campaigns share. Each rule set counts for itself: a cap counts the
/// messages that were sent under its rule set.
///
/// @param version raised by every change; the etag
public record RuleSet(
        RuleSetId id,
        RuleSetName name,
        String displayName,
        Scope scope,
        List<FrequencyCap> caps,
        List<QuietHours> quietHours,
        State state,
        long version,
        Instant createTime,
        Instant updateTime) {
    public RuleSet {
        caps = List.copyOf(caps);
        quietHours = List.copyOf(quietHours);
    }

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

    /// Whether it has no rule at all.
    boolean isEmpty() {
        return caps.isEmpty() && quietHours.isEmpty();
    }

    /// This as a new rule set, a draft nobody has changed yet.
    public RuleSet created(Instant now) {
        return new RuleSet(
                id, name, displayName, scope, caps, quietHours, State.DRAFT, 1, now, now);
    }

    /// This with what can be edited taken from another.
    public RuleSet edited(RuleSet edit) {
        return new RuleSet(
                id,
                name,
                edit.displayName,
                edit.scope,
                edit.caps,
                edit.quietHours,
                state,
                version,
                createTime,
                updateTime);
    }

    /// The same in another state, as its next version.
    RuleSet changed(State newState, Instant now) {
        return new RuleSet(
                id,
                name,
                displayName,
                scope,
                caps,
                quietHours,
                newState,
                version + 1,
                createTime,
                now);
    }

    /// Whether it binds marketing of a campaign.
    ///
    /// @param named the ids of the rule sets the campaign names
    public boolean isInForce(Collection<String> named) {
        return state == State.ACTIVE
                && (scope == Scope.EVERY_CAMPAIGN || named.contains(name.ruleSet()));
    }
}
