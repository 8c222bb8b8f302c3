package io.campanile.application.merge;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.broadcast.port.BroadcastMembers;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.delivery.port.Reservations;
import io.campanile.application.profile.AddressAttributes;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.consent.ConsentRecord;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes one person of two, by an explicit call only: it cannot be undone. Thread-safe.
public final class MergeProfiles {
    /// Where people and what hangs on them stand; all of one store.
    public record Stores(
            Profiles profiles,
            AddressAttributes addressAttributes,
            Consents consents,
            Audiences audiences,
            BroadcastMembers broadcasts,
            Reservations reservations) {}

    private final Stores stores;
    private final Changes changes;
    private final LongCalls calls;

    public MergeProfiles(Stores stores, Changes changes, LongCalls calls) {
        this.stores = stores;
        this.changes = changes;
        this.calls = calls;
    }

    /// Merges one profile into another.
    ///
    /// @param gone whose identities, consents, memberships and counts become the other's
    /// @param staying whose details win
    /// @throws io.campanile.application.share.LongCallsFull when too many take long at once
    public MergeResult merge(
            WorkspaceId workspace, ProfileId gone, ProfileId staying, ChangeCall call) {
        return calls.inTurn(workspace, () -> mergeInTurn(workspace, gone, staying, call));
    }

    private MergeResult mergeInTurn(
            WorkspaceId workspace, ProfileId gone, ProfileId staying, ChangeCall call) {
        return changes.make(now -> {
            List<Profile> both = lockBoth(workspace, gone, staying);
            Optional<Profile> from = among(both, gone);
            Optional<Profile> to = among(both, staying);
            if (from.isEmpty() || to.isEmpty()) {
                ProfileId missing = from.isEmpty() ? gone : staying;
                return Made.nothing(new MergeResult.NotFound(missing.nameIn(workspace)));
            }
            return merge(from.get(), to.get(), call, now);
        });
    }

    private List<Profile> lockBoth(WorkspaceId workspace, ProfileId gone, ProfileId staying) {
        List<Identity> identities = new ArrayList<>();
        for (ProfileId id : List.of(gone, staying)) {
            stores.profiles()
                    .find(workspace, id)
                    .ifPresent(found -> identities.addAll(found.identities()));
        }
        return stores.profiles().lockWhole(workspace, identities);
    }

    private static Optional<Profile> among(List<Profile> profiles, ProfileId id) {
        return profiles.stream().filter(profile -> profile.id().equals(id)).findFirst();
    }

    private Made<MergeResult> merge(Profile from, Profile to, ChangeCall call, Instant now) {
        if (to.with(from.identities()).size() > Profile.MOST_IDENTITIES) {
            return Made.nothing(new MergeResult.TooManyIdentities(to));
        }
        Profile merged =
                to.mergedWith(from, now)
                        .remembering(
                                List.of(to, from), stores.addressAttributes().of(to.workspace()));
        if (merged.details().attributes().isTooLarge()) {
            return Made.nothing(new MergeResult.AttributesTooLarge(to));
        }
        return Made.unlessValidating(
                call, new MergeResult.Merged(merged), () -> makeOne(from, to, merged, call, now));
    }

    private void makeOne(Profile from, Profile to, Profile merged, ChangeCall call, Instant now) {
        PersonKey gone = PersonKey.of(from.id());
        PersonKey staying = PersonKey.of(to.id());
        // As a mark does: whom it decides about first, then the messages.
        stores.reservations().lock(List.of(gone, staying));
        Set<ExecutionId> waiting = stores.broadcasts().unite(from, to, now);
        moveConsents(from, to);
        stores.profiles().lockToDelete(from.id());
        stores.audiences().move(from.id(), to.id());
        stores.profiles().delete(from);
        stores.profiles().update(merged);
        stores.reservations().move(gone, staying);
        stores.broadcasts().move(from.id(), to.id(), waiting);
        changes.record(
                to.workspace(),
                call.by(),
                AuditAction.PROFILES_MERGED,
                to.name(),
                "with " + from.id(),
                now);
    }

    private void moveConsents(Profile from, Profile to) {
        var gone = new ConsentSubject.OfProfile(from.id());
        var staying = new ConsentSubject.OfProfile(to.id());
        // Both at once, in the order of those who record what many people said.
        stores.consents().lock(to.workspace(), List.of(gone, staying));
        List<ConsentRecord> moved = stores.consents().lock(from.workspace(), gone);
        List<ConsentRecord> there = stores.consents().lock(to.workspace(), staying);
        List<ConsentRecord> counting =
                moved.stream()
                        .filter(record -> there.stream().allMatch(record::outweighs))
                        .toList();
        stores.consents()
                .move(
                        from.workspace(),
                        gone,
                        staying,
                        counting.stream().map(ConsentRecord::id).toList());
    }
}
