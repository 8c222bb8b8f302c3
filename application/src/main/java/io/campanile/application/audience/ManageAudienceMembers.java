package io.campanile.application.audience;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
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
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceLifecycle;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.profile.ProfileId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// Who is in audiences: tells it, and makes it so where they have no rule. Thread-safe.
public final class ManageAudienceMembers {
    /// Members have one order and no filter.
    private static final ListFields<ProfileId> MEMBERS =
            ListFields.<ProfileId>orderedBy(new SortOrder("profile", false), ProfileId::toString)
                    .sortable("profile", ProfileId::toString)
                    .build();

    private final Audiences audiences;
    private final LongCalls reads;
    private final Changes changes;

    public ManageAudienceMembers(Audiences audiences, LongCalls reads, Changes changes) {
        this.audiences = audiences;
        this.reads = reads;
        this.changes = changes;
    }

    /// Makes people members; those that are already stay. Keys that point at nobody spoil nothing.
    /// Safe to repeat.
    public MembersResult add(AudienceName name, List<MemberKey> keys, ChangeCall call) {
        return changeMembers(name, keys, call, Membership.ADD);
    }

    /// Makes people no members any more. Safe to repeat.
    public MembersResult remove(AudienceName name, List<MemberKey> keys, ChangeCall call) {
        return changeMembers(name, keys, call, Membership.REMOVE);
    }

    /// Members, in the order of their ids; nothing when there is no such audience. A rule that
    /// matches few reads everybody for one page.
    ///
    /// @throws io.campanile.application.share.LongCallsFull when too many rules are asked at once
    /// @throws AudienceTooSlow when the rule takes too long
    public Optional<Page<ProfileId>> list(AudienceName name, ListRequest request) {
        return audiences.find(name).map(audience -> page(audience, request));
    }

    private Page<ProfileId> page(Audience audience, ListRequest request) {
        if (QueryParser.parse(request, MEMBERS) instanceof ParsedQuery.Valid(var query, var _)
                && query.after() != null
                && profile(query.after()) == null) {
            return new Page.Invalid<>(
                    ParsedQuery.Part.PAGE_TOKEN, "The token is not one of this list.");
        }
        return Page.of(request, MEMBERS, query -> membersOfPage(audience, query));
    }

    private List<ProfileId> membersOfPage(Audience audience, Query query) {
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

    private MembersResult changeMembers(
            AudienceName name, List<MemberKey> keys, ChangeCall call, Membership membership) {
        return changes.make(now -> {
            Optional<Audience> locked = audiences.lock(name);
            if (locked.isEmpty()) {
                return Made.nothing(new MembersResult.NotFound());
            }
            return AudienceLifecycle.refusesMembers(locked.get())
                    .map(refusal -> Made.<MembersResult>nothing(new MembersResult.Refused(refusal)))
                    .orElseGet(() -> changeLocked(locked.get(), keys, call, membership, now));
        });
    }

    private Made<MembersResult> changeLocked(
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
        Set<ProfileId> profiles = new LinkedHashSet<>(known.values());
        if (call.validateOnly()) {
            int changed = membership.forecast(audiences, locked.id(), profiles);
            return Made.nothing(done(membership.after(locked, changed), changed, keys, unknown));
        }
        int changed = membership.change(audiences, locked.id(), profiles);
        MembersResult result =
                done(audiences.find(locked.name()).orElseThrow(), changed, keys, unknown);
        if (changed == 0) {
            return Made.nothing(result);
        }
        record(locked.name(), call, membership, changed, now);
        return Made.effective(result);
    }

    private static MembersResult done(
            Audience after, int changed, List<MemberKey> keys, List<Integer> unknown) {
        int unchanged = keys.size() - unknown.size() - changed;
        return new MembersResult.Done(new MembersChange(after, changed, unchanged, unknown));
    }

    private void record(
            AudienceName name, ChangeCall call, Membership membership, int changed, Instant now) {
        changes.record(
                name.workspace(),
                call.by(),
                membership.audited(),
                name.toString(),
                "members " + changed,
                now);
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
}
