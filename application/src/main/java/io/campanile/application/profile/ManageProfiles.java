package io.campanile.application.profile;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What services and people do with profiles. Thread-safe.
public final class ManageProfiles {
    private final Profiles profiles;
    private final Changes changes;

    public ManageProfiles(Profiles profiles, Changes changes) {
        this.profiles = profiles;
        this.changes = changes;
    }

    public Optional<Profile> get(WorkspaceId workspace, ProfileId id) {
        return profiles.find(workspace, id);
    }

    public Optional<Profile> get(WorkspaceId workspace, Identity identity) {
        return profiles.find(workspace, identity);
    }

    public Page<Profile> list(WorkspaceId workspace, ListRequest request) {
        return Page.of(
                request,
                ProfileLists.FIELDS,
                query -> profiles.list(workspace, query),
                ProfileLists::cursor);
    }

    /// Makes the identities point at one person: the one that some of them point at, or else a new
    /// one. Safe to repeat.
    ///
    /// @param identities at least one
    public ProfileResult upsert(
            WorkspaceId workspace, Collection<Identity> identities, ChangeCall call) {
        return changes.make(now -> upsert(workspace, identities, call.validateOnly(), now));
    }

    /// Whoever the identity points at, or else a new person.
    public Profile upsert(WorkspaceId workspace, Identity identity, ChangeCall call) {
        if (upsert(workspace, List.of(identity), call) instanceof ProfileResult.Known(var person)) {
            return person;
        }
        throw new IllegalStateException("one identity is neither too many nor two persons'");
    }

    private Made<ProfileResult> upsert(
            WorkspaceId workspace,
            Collection<Identity> identities,
            boolean validateOnly,
            Instant now) {
        List<Profile> known = profiles.lock(workspace, identities);
        if (known.size() > 1) {
            return Made.nothing(new ProfileResult.Clash(known.getFirst(), known.get(1)));
        }
        if (known.isEmpty()) {
            Profile created =
                    Profile.created(new ProfileId(changes.newId()), workspace, identities, now);
            if (!validateOnly) {
                profiles.insert(created);
            }
            return Made.effective(new ProfileResult.Known(created));
        }
        return extend(known.getFirst(), identities, validateOnly, now);
    }

    private Made<ProfileResult> extend(
            Profile known, Collection<Identity> identities, boolean validateOnly, Instant now) {
        Set<Identity> all = known.with(identities);
        if (all.size() == known.identities().size()) {
            return Made.nothing(new ProfileResult.Known(known));
        }
        if (all.size() > Profile.MOST_IDENTITIES) {
            return Made.nothing(new ProfileResult.TooManyIdentities(known));
        }
        Profile extended = known.knownAs(all, now);
        if (!validateOnly) {
            profiles.update(extended);
        }
        return Made.effective(new ProfileResult.Known(extended));
    }
}
