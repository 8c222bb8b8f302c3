package io.campanile.application.audience;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Change;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.audience.port.AudienceUses;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDecision;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceLifecycle;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.audience.RuleProblem;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What authors and services do with audiences; their members are [ManageAudienceMembers]'s.
/// Thread-safe.
public final class ManageAudiences {
    private final Audiences audiences;
    private final AudienceUses uses;
    private final AudienceReview review;
    private final Changes changes;

    public ManageAudiences(
            Audiences audiences, AudienceUses uses, AudienceReview review, Changes changes) {
        this.audiences = audiences;
        this.uses = uses;
        this.review = review;
        this.changes = changes;
    }

    /// Adds an audience with a rule, or one without members yet.
    public AudienceResult create(
            AudienceName name, AudienceDefinition definition, ChangeCall call) {
        var id = new AudienceId(changes.newId());
        return make(
                name, call, now -> insert(Audience.created(id, name, definition, now), call, now));
    }

    public Optional<Audience> get(AudienceName name) {
        return audiences.find(name);
    }

    public Page<Audience> list(WorkspaceId workspace, ListRequest request) {
        return Page.of(request, Audiences.FIELDS, query -> audiences.list(workspace, query));
    }

    /// Changes the words of an audience, or its rule.
    ///
    /// @param edit makes what is to be of what is; runs within the transaction and may throw
    public AudienceResult update(
            AudienceName name, UnaryOperator<AudienceDefinition> edit, ChangeCall call) {
        return make(
                name,
                call,
                now ->
                        changeLocked(
                                audiences.lock(name),
                                name,
                                call,
                                audience -> changeDefinition(audience, edit, call, now)));
    }

    /// Removes an audience with its membership, unless something needs it; the profiles stay.
    public AudienceResult delete(AudienceName name, ChangeCall call) {
        return changes.make(now ->
                changeLocked(
                        audiences.lockToDelete(name),
                        name,
                        call,
                        audience -> delete(audience, call, now)));
    }

    private Made<AudienceResult> insert(Audience audience, ChangeCall call, Instant now) {
        List<RuleProblem> problems = problems(audience.name(), audience.rule());
        if (!problems.isEmpty()) {
            return Made.nothing(new AudienceResult.RuleInvalid(problems));
        }
        if (call.validateOnly()) {
            return Made.nothing(
                    audiences.find(audience.name()).isPresent()
                            ? new AudienceResult.Exists(audience.name())
                            : new AudienceResult.Done(audience));
        }
        if (!audiences.insert(audience)) {
            return Made.nothing(new AudienceResult.Exists(audience.name()));
        }
        record(audience.name(), call, AuditAction.AUDIENCE_CREATED, "", now);
        return Made.effective(new AudienceResult.Done(audience));
    }

    private Made<AudienceResult> changeLocked(
            Optional<Audience> found,
            AudienceName name,
            ChangeCall call,
            Function<Audience, Made<AudienceResult>> change) {
        if (found.isEmpty()) {
            return Made.nothing(new AudienceResult.NotFound(name));
        }
        return call.mayChange(found.get().version())
                ? change.apply(found.get())
                : Made.nothing(new AudienceResult.EtagMismatch(found.get()));
    }

    private Made<AudienceResult> changeDefinition(
            Audience audience,
            UnaryOperator<AudienceDefinition> edit,
            ChangeCall call,
            Instant now) {
        AudienceDefinition edited = edit.apply(audience.definition());
        // A rule that stays is not checked again: what it refers to may be gone by now.
        List<RuleProblem> problems =
                edited.rule().equals(audience.rule())
                        ? List.of()
                        : problems(audience.name(), edited.rule());
        if (!problems.isEmpty()) {
            return Made.nothing(new AudienceResult.RuleInvalid(problems));
        }
        return carryOut(
                AudienceLifecycle.update(
                        audience,
                        audience.edited(edited),
                        () -> review.askers(audience.name()),
                        now),
                audience,
                call,
                now);
    }

    private Made<AudienceResult> delete(Audience audience, ChangeCall call, Instant now) {
        return carryOut(
                AudienceLifecycle.delete(
                        audience, uses.uses(audience), review.askers(audience.name())),
                audience,
                call,
                now);
    }

    /// @param audience is locked
    private Made<AudienceResult> carryOut(
            AudienceDecision decision, Audience audience, ChangeCall call, Instant now) {
        AudienceName name = audience.name();
        return switch (decision) {
            case AudienceDecision.Refused refusal ->
                    Made.nothing(new AudienceResult.Refused(name, refusal));
            case AudienceDecision.Changed(var changed) ->
                    Made.unlessValidating(
                            call,
                            new AudienceResult.Done(changed),
                            () -> {
                                audiences.update(changed);
                                record(name, call, AuditAction.AUDIENCE_UPDATED, "", now);
                            });
            case AudienceDecision.Deleted _ ->
                    Made.unlessValidating(
                            call,
                            new AudienceResult.Done(audience),
                            () -> {
                                audiences.delete(audience.id());
                                String detail = "members " + audience.memberCount();
                                record(name, call, AuditAction.AUDIENCE_DELETED, detail, now);
                            });
        };
    }

    private List<RuleProblem> problems(AudienceName name, String rule) {
        return rule.isEmpty() ? List.of() : review.problems(name, rule);
    }

    private AudienceResult make(
            AudienceName name, ChangeCall call, Function<Instant, Made<AudienceResult>> work) {
        return changes.make(
                call,
                name.workspace(),
                name.toString(),
                new Change<>(work, _ -> current(name), AudienceResult.RequestIdReused::new));
    }

    private AudienceResult current(AudienceName name) {
        return audiences
                .find(name)
                .<AudienceResult>map(AudienceResult.Done::new)
                .orElseGet(() -> new AudienceResult.NotFound(name));
    }

    private void record(
            AudienceName name, ChangeCall call, AuditAction action, String detail, Instant now) {
        changes.record(name.workspace(), call.by(), action, name.toString(), detail, now);
    }
}
