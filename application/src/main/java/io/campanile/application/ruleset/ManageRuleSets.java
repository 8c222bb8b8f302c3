package io.campanile.application.ruleset;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Change;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.application.ruleset.port.RuleSets;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetDecision;
import io.campanile.domain.ruleset.RuleSetDefinition;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetLifecycle;
import io.campanile.domain.ruleset.RuleSetLifecycle.Action;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What operators do with rule sets. Every change counts for the next decision on every node.
/// Thread-safe.
public final class ManageRuleSets {
    private final RuleSets ruleSets;
    private final RuleSetUses uses;
    private final Changes changes;

    public ManageRuleSets(RuleSets ruleSets, RuleSetUses uses, Changes changes) {
        this.ruleSets = ruleSets;
        this.uses = uses;
        this.changes = changes;
    }

    /// Adds a rule set in state `DRAFT`.
    public RuleSetResult create(RuleSetName name, RuleSetDefinition definition, ChangeCall call) {
        var id = new RuleSetId(changes.newId());
        return make(
                name, call, now -> insert(RuleSet.created(id, name, definition, now), call, now));
    }

    public Optional<RuleSet> get(RuleSetName name) {
        return ruleSets.find(name);
    }

    public Page<RuleSet> list(WorkspaceId workspace, ListRequest request) {
        return Page.of(request, RuleSets.FIELDS, query -> ruleSets.list(workspace, query));
    }

    /// Changes a rule set in any state. What was counted stays counted.
    ///
    /// @param edit makes what is to be of what is; runs within the transaction and may throw
    public RuleSetResult update(
            RuleSetName name, UnaryOperator<RuleSetDefinition> edit, ChangeCall call) {
        return change(name, Action.UPDATE, edit, call);
    }

    public RuleSetResult delete(RuleSetName name, ChangeCall call) {
        return change(name, Action.DELETE, UnaryOperator.identity(), call);
    }

    public RuleSetResult activate(RuleSetName name, ChangeCall call) {
        return change(name, Action.ACTIVATE, UnaryOperator.identity(), call);
    }

    public RuleSetResult deactivate(RuleSetName name, ChangeCall call) {
        return change(name, Action.DEACTIVATE, UnaryOperator.identity(), call);
    }

    private RuleSetResult change(
            RuleSetName name,
            Action action,
            UnaryOperator<RuleSetDefinition> edit,
            ChangeCall call) {
        return make(
                name,
                call,
                now ->
                        ruleSets.lock(name)
                                .map(locked -> change(locked, action, edit, call, now))
                                .orElseGet(() -> Made.nothing(new RuleSetResult.NotFound(name))));
    }

    private Made<RuleSetResult> change(
            RuleSet locked,
            Action action,
            UnaryOperator<RuleSetDefinition> edit,
            ChangeCall call,
            Instant now) {
        if (!call.mayChange(locked.version())) {
            return Made.nothing(new RuleSetResult.EtagMismatch(locked));
        }
        RuleSet edited = locked.edited(edit.apply(locked.definition()));
        var decision = RuleSetLifecycle.decide(edited, action, () -> uses.uses(locked.name()), now);
        return switch (decision) {
            case RuleSetDecision.Refused refusal ->
                    Made.nothing(new RuleSetResult.Refused(locked, action, refusal));
            case RuleSetDecision.Changed(var changed) ->
                    Made.unlessValidating(
                            call,
                            new RuleSetResult.Done(changed),
                            () -> {
                                ruleSets.update(changed);
                                record(changed, call, audited(action), now);
                            });
            case RuleSetDecision.Deleted _ ->
                    Made.unlessValidating(
                            call,
                            new RuleSetResult.Done(locked),
                            () -> {
                                ruleSets.delete(locked.id());
                                record(locked, call, audited(action), now);
                            });
        };
    }

    private Made<RuleSetResult> insert(RuleSet ruleSet, ChangeCall call, Instant now) {
        if (call.validateOnly()) {
            return Made.nothing(
                    ruleSets.find(ruleSet.name()).isPresent()
                            ? new RuleSetResult.Exists(ruleSet.name())
                            : new RuleSetResult.Done(ruleSet));
        }
        if (!ruleSets.insert(ruleSet)) {
            return Made.nothing(new RuleSetResult.Exists(ruleSet.name()));
        }
        record(ruleSet, call, AuditAction.RULE_SET_CREATED, now);
        return Made.effective(new RuleSetResult.Done(ruleSet));
    }

    private RuleSetResult make(
            RuleSetName name, ChangeCall call, Function<Instant, Made<RuleSetResult>> work) {
        return changes.make(
                call,
                name.workspace(),
                name.toString(),
                new Change<>(work, _ -> current(name), RuleSetResult.RequestIdReused::new));
    }

    private RuleSetResult current(RuleSetName name) {
        return ruleSets.find(name)
                .<RuleSetResult>map(RuleSetResult.Done::new)
                .orElseGet(() -> new RuleSetResult.NotFound(name));
    }

    private void record(RuleSet ruleSet, ChangeCall call, AuditAction action, Instant now) {
        changes.record(
                ruleSet.name().workspace(), call.by(), action, ruleSet.name().toString(), "", now);
    }

    private static AuditAction audited(Action action) {
        return switch (action) {
            case UPDATE -> AuditAction.RULE_SET_UPDATED;
            case DELETE -> AuditAction.RULE_SET_DELETED;
            case ACTIVATE -> AuditAction.RULE_SET_ACTIVATED;
            case DEACTIVATE -> AuditAction.RULE_SET_DEACTIVATED;
        };
    }
}
