package io.campanile.application.profile;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.access.port.Workspaces;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.profile.port.StrangerReservations;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.share.LongCalls;
import io.campanile.domain.access.Actor;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.profile.DetailsChange;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What services and people do with profiles. Thread-safe.
public final class ManageProfiles {
    private final Profiles profiles;
    private final Workspaces workspaces;
    private final AddressAttributes addressAttributes;
    private final StrangerReservations reservations;
    private final StrangerDenials denials;
    private final LongCalls reads;
    private final Changes changes;

    /// @param reservations of the same store
    /// @param denials of the same store
    public ManageProfiles(
            Profiles profiles,
            Workspaces workspaces,
            AddressAttributes addressAttributes,
            StrangerReservations reservations,
            StrangerDenials denials,
            LongCalls reads,
            Changes changes) {
        this.profiles = profiles;
        this.workspaces = workspaces;
        this.addressAttributes = addressAttributes;
        this.reservations = reservations;
        this.denials = denials;
        this.reads = reads;
        this.changes = changes;
    }

    public Optional<Profile> get(WorkspaceId workspace, ProfileId id) {
        return profiles.find(workspace, id);
    }

    public Optional<Profile> get(WorkspaceId workspace, Identity identity) {
        return profiles.find(workspace, identity);
    }

    /// The profiles with these ids that exist, and those that the identities point at, each once.
    public List<Profile> get(
            WorkspaceId workspace, Collection<ProfileId> ids, Collection<Identity> identities) {
        return profiles.find(workspace, ids, identities);
    }

    /// Newest first. With a filter, many may be looked at to find few.
    ///
    /// @throws io.campanile.application.share.LongCallsFull when too many are looked for at once
    public Page<Profile> list(WorkspaceId workspace, ListRequest request) {
        return Page.of(
                request,
                Profiles.FIELDS,
                query ->
                        request.filter().isBlank()
                                ? profiles.list(workspace, query)
                                : reads.inTurn(workspace, () -> profiles.list(workspace, query)));
    }

    /// Makes the identities point at one person: the one that some of them point at, or else a new
    /// one. Safe to repeat.
    ///
    /// @param identities at least one
    public ProfileResult upsert(
            WorkspaceId workspace,
            Collection<Identity> identities,
            DetailsChange learned,
            ChangeCall call) {
        return upsert(workspace, new ProfileRow(List.copyOf(identities), learned), call);
    }

    /// As [#upsert(WorkspaceId, Collection, DetailsChange, ChangeCall)], about whom the row says.
    /// With a version in the call, only of somebody who is known already, and has that version.
    public ProfileResult upsert(WorkspaceId workspace, ProfileRow row, ChangeCall call) {
        return learn(workspace, List.of(row), false, call).rows().getFirst();
    }

    /// Learns from rows, one after the other, as [#upsert] does from one. They name at most
    /// [Profiles#MOST_LOCKED] identities and profiles.
    ///
    /// @param allOrNone whether one row that is wrong keeps all of them from being stored
    public BatchResult learn(
            WorkspaceId workspace, List<ProfileRow> rows, boolean allOrNone, ChangeCall call) {
        return learn(workspace, rows, allOrNone, call, _ -> {});
    }

    /// Learns from all rows, or from none when one is wrong.
    ///
    /// @param known sees the people, one for each row, before they are stored; runs within the
    ///   transaction and may throw
    public BatchResult learnAll(
            WorkspaceId workspace,
            List<ProfileRow> rows,
            ChangeCall call,
            Consumer<List<Profile>> known) {
        return learn(workspace, rows, true, call, known);
    }

    private BatchResult learn(
            WorkspaceId workspace,
            List<ProfileRow> rows,
            boolean allOrNone,
            ChangeCall call,
            Consumer<List<Profile>> known) {
        if (rows.isEmpty()) {
            return new BatchResult(List.of(), 0, 0);
        }
        return changes.make(now -> {
            List<Profile> stored = lock(workspace, rows);
            Optional<Workspace> found = workspaces.find(workspace);
            String addressField = found.map(Workspace::addressField).orElse("");
            var batch =
                    new ProfileBatch(
                            workspace,
                            found.map(Workspace::attributeSchema).orElse(AttributeSchema.NONE),
                            () -> addressAttributes.of(workspace, addressField),
                            stored,
                            changes::newId,
                            now);
            List<ProfileResult> results = rows.stream().map(row -> batch.learn(row, call)).toList();
            var result = new BatchResult(results, batch.created().size(), batch.updated().size());
            if (result.isComplete()) {
                known.accept(result.known());
            }
            return result.isComplete() || !allOrNone
                    ? Made.unlessValidating(call, result, () -> store(workspace, batch))
                    : Made.nothing(result);
        });
    }

    private void store(WorkspaceId workspace, ProfileBatch batch) {
        profiles.insert(batch.created());
        profiles.update(batch.updated());
        Map<Identity, ProfileId> turnedOut = batch.turnedOut();
        denials.follow(workspace, turnedOut);
        reservations.follow(persons(workspace, turnedOut));
    }

    /// Whom the rows name and whom their identities point at. One identity is enough to lock a
    /// profile that is known by its name only: a profile keeps its identities as long as it is
    /// there, and whoever loses them before they are locked is not found any more.
    private List<Profile> lock(WorkspaceId workspace, List<ProfileRow> rows) {
        Set<Identity> identities = new LinkedHashSet<>();
        Set<ProfileId> named = new LinkedHashSet<>();
        for (ProfileRow row : rows) {
            identities.addAll(row.identities());
            if (row.whom() instanceof Whom.Named(var id)) {
                named.add(id);
            }
        }
        if (!named.isEmpty()) {
            profiles.find(workspace, named, List.of())
                    .forEach(found -> identities.add(found.identities().getFirst()));
        }
        return profiles.lock(workspace, identities);
    }

    private static Map<PersonKey, PersonKey> persons(
            WorkspaceId workspace, Map<Identity, ProfileId> turnedOut) {
        Map<PersonKey, PersonKey> persons = new HashMap<>();
        turnedOut.forEach((identity, owner) ->
                persons.put(PersonKey.of(workspace, identity), PersonKey.of(owner)));
        return persons;
    }

    /// Whoever the identity points at, or else a new person.
    public Profile upsert(WorkspaceId workspace, Identity identity, ChangeCall call) {
        ProfileResult result = upsert(workspace, List.of(identity), DetailsChange.NOTHING, call);
        if (result instanceof ProfileResult.Known(var person)) {
            return person;
        }
        throw new IllegalStateException("one identity teaches nothing that could be refused");
    }

    /// Makes a profile of each identity that points at nobody. Safe to repeat.
    public void makeKnown(WorkspaceId workspace, Collection<Identity> identities) {
        var _ = upsertEach(workspace, identities, ChangeCall.by(Actor.SYSTEM));
    }

    /// Whoever each identity points at, or else a new person, in order.
    ///
    /// @param identities at most [Profiles#MOST_LOCKED]
    public List<Profile> upsertEach(
            WorkspaceId workspace, Collection<Identity> identities, ChangeCall call) {
        List<ProfileRow> rows =
                identities.stream()
                        .map(identity -> new ProfileRow(List.of(identity), DetailsChange.NOTHING))
                        .toList();
        return learn(workspace, rows, false, call).known();
    }
}
