package io.campanile.application.audience;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Change;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.audience.port.AudienceUses;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.audience.port.MemberKey;
import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.query.ParsedQuery;
import io.campanile.application.query.Query;
import io.campanile.application.query.QueryParser;
import io.campanile.application.query.SortOrder;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDecision;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceLifecycle;
import io.campanile.domain.audience.AudienceLifecycle.Action;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.audience.RuleProblem;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// What authors and services do with audiences. Thread-safe.
public final class ManageAudiences {
    /// Members have one order and no filter.
    private static final ListFields<ProfileId> MEMBERS =
            ListFields.<ProfileId>orderedBy(new SortOrder("profile", false), ProfileId::toString)
                    .sortable("profile", ProfileId::toString)
                    .build();

    private final Audiences audiences;
    private final AudienceUses uses;
    private final AudienceReview review;
    private final LongCalls reads;
    private final Changes changes;

    public ManageAudiences(
            Audiences audiences,
            AudienceUses uses,
            AudienceReview review,
            LongCalls reads,
            Changes changes) {
        this.audiences = audiences;
        this.uses = uses;
        this.review = review;
        this.reads = reads;
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
                        locked(
                                audiences.lock(name),
                                name,
                                call,
                                audience -> edit(audience, edit, call, now)));
    }

    /// Removes an audience with its membership, unless something needs it; the profiles stay.
    public AudienceResult delete(AudienceName name, ChangeCall call) {
        return changes.make(now ->
                locked(
                        audiences.lockToDelete(name),
                        name,
                        call,
                        audience -> change(audience, Action.DELETE, call, now)));
    }

    /// Makes people members; those that are already stay. Keys that point at nobody spoil nothing.
    /// Safe to repeat.
    public MembersResult add(AudienceName name, List<MemberKey> keys, ChangeCall call) {
        return change(name, keys, call, Membership.ADD);
    }

    /// Makes people no members any more. Safe to repeat.
    public MembersResult remove(AudienceName name, List<MemberKey> keys, ChangeCall call) {
        return change(name, keys, call, Membership.REMOVE);
    }

    /// Members, in the order of their ids; nothing when there is no such audience. A rule that
    /// matches few reads everybody for one page.
    ///
    /// @throws io.campanile.application.share.LongCallsFull when too many rules are asked at once
    /// @throws AudienceTooSlow when the rule takes too long
    public Optional<Page<ProfileId>> members(AudienceName name, ListRequest request) {
        return audiences.find(name).map(audience -> members(audience, request));
    }

    private Page<ProfileId> members(Audience audience, ListRequest request) {
        if (QueryParser.parse(request, MEMBERS) instanceof ParsedQuery.Valid(var query, var _)
                && query.after() != null
                && profile(query.after()) == null) {
            return new Page.Invalid<>(
                    ParsedQuery.Part.PAGE_TOKEN, "The token is not one of this list.");
        }
        return Page.of(request, MEMBERS, query -> members(audience, query));
    }

    private List<ProfileId> members(Audience audience, Query query) {
        Supplier<List<ProfileId>> page =
                () -> audiences.members(audience, profile(query.after()), query.limit());
        return audience.isByRule()
                ? reads.inTurn(
                        audience.name().workspace(), () -> AudienceTooSlow.reading(audience, page))
                : page.get();
    }

    private static @Nullable ProfileId profile(@Nullable Cursor cursor) {
        try {
            return cursor == null ? null : new ProfileId(UUID.fromString(cursor.id()));
        } catch (IllegalArgumentException _) {
            return null;
        }
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

    private Made<AudienceResult> locked(
            Optional<Audience> locked,
            AudienceName name,
            ChangeCall call,
            Function<Audience, Made<AudienceResult>> change) {
        if (locked.isEmpty()) {
            return Made.nothing(new AudienceResult.NotFound(name));
        }
        return call.mayChange(locked.get().version())
                ? change.apply(locked.get())
                : Made.nothing(new AudienceResult.EtagMismatch(locked.get()));
    }

    private Made<AudienceResult> edit(
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
        return change(audience.edited(edited), Action.UPDATE, call, now);
    }

    /// @param audience is locked, and edited where it is to be updated
    private Made<AudienceResult> change(
            Audience audience, Action action, ChangeCall call, Instant now) {
        AudienceName name = audience.name();
        var decision =
                AudienceLifecycle.decide(
                        audience,
                        action,
                        () -> uses.uses(audience),
                        () -> review.askers(name),
                        now);
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

    /// Whether people become members, or are none any more.
    private enum Membership {
        ADD,
        REMOVE;

        AuditAction audited() {
            return switch (this) {
                case ADD -> AuditAction.AUDIENCE_MEMBERS_ADDED;
                case REMOVE -> AuditAction.AUDIENCE_MEMBERS_REMOVED;
            };
        }

        /// @return how many it changes something for
        int change(Audiences audiences, AudienceId audience, Set<ProfileId> profiles) {
            return switch (this) {
                case ADD -> audiences.add(audience, profiles);
                case REMOVE -> audiences.remove(audience, profiles);
            };
        }

        /// @return how many it would change something for
        int forecast(Audiences audiences, AudienceId audience, Set<ProfileId> profiles) {
            int members = audiences.countMembers(audience, profiles);
            return switch (this) {
                case ADD -> profiles.size() - members;
                case REMOVE -> members;
            };
        }

        Audience after(Audience before, int changed) {
            return switch (this) {
                case ADD -> before.withMore(changed);
                case REMOVE -> before.withMore(-changed);
            };
        }
    }

    private MembersResult change(
            AudienceName name, List<MemberKey> keys, ChangeCall call, Membership membership) {
        return changes.make(now -> {
            Optional<Audience> locked = audiences.lock(name);
            if (locked.isEmpty()) {
                return Made.nothing(new MembersResult.NotFound());
            }
            return AudienceLifecycle.refusesMembers(locked.get())
                    .map(refusal -> Made.<MembersResult>nothing(new MembersResult.Refused(refusal)))
                    .orElseGet(() -> change(locked.get(), keys, call, membership, now));
        });
    }

    private Made<MembersResult> change(
            Audience locked,
            List<MemberKey> keys,
            ChangeCall call,
            Membership membership,
            Instant now) {
        Map<MemberKey, ProfileId> known = audiences.resolve(locked.name().workspace(), keys);
        List<Integer> unknown = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!known.containsKey(keys.get(i))) {
                unknown.add(i);
            }
        }
        AudienceId id = locked.id();
        Set<ProfileId> profiles = new LinkedHashSet<>(known.values());
        int changed =
                call.validateOnly()
                        ? membership.forecast(audiences, id, profiles)
                        : membership.change(audiences, id, profiles);
        Audience after =
                call.validateOnly()
                        ? membership.after(locked, changed)
                        : audiences.find(locked.name()).orElseThrow();
        var result =
                new MembersResult.Done(
                        new MembersChange(
                                after, changed, keys.size() - unknown.size() - changed, unknown));
        if (changed == 0) {
            return Made.nothing(result);
        }
        return Made.unlessValidating(
                call,
                result,
                () ->
                        record(
                                locked.name(),
                                call,
                                membership.audited(),
                                "members " + changed,
                                now));
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
