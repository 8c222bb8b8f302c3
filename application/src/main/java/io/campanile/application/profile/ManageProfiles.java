package io.campanile.application.profile;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.domain.profile.DetailsChange;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
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
            WorkspaceId workspace,
            Collection<Identity> identities,
            DetailsChange learned,
            ChangeCall call) {
        return changes.make(
                now -> upsert(workspace, identities, learned, call.validateOnly(), now));
    }

    /// Whoever the identity points at, or else a new person.
    public Profile upsert(WorkspaceId workspace, Identity identity, ChangeCall call) {
        ProfileResult result = upsert(workspace, List.of(identity), DetailsChange.NOTHING, call);
        if (result instanceof ProfileResult.Known(var person)) {
            return person;
        }
        throw new IllegalStateException("one identity is neither too many nor two persons'");
    }

    /// Makes a profile of each identity that points at nobody. Safe to repeat.
    public void makeKnown(WorkspaceId workspace, Collection<Identity> identities) {
        changes.make(now -> {
            Set<Identity> strangers = new LinkedHashSet<>(identities);
            profiles.lock(workspace, identities)
                    .forEach(known -> strangers.removeAll(known.identities()));
            strangers.forEach(identity -> profiles.insert(stranger(workspace, identity, now)));
            return Made.effective(strangers.size());
        });
    }

    private Profile stranger(WorkspaceId workspace, Identity identity, Instant now) {
        return Profile.created(
                new ProfileId(changes.newId()),
                workspace,
                List.of(identity),
                ProfileDetails.NONE,
                now);
    }

    private Made<ProfileResult> upsert(
            WorkspaceId workspace,
            Collection<Identity> identities,
            DetailsChange learned,
            boolean validateOnly,
            Instant now) {
        List<Profile> known = profiles.lock(workspace, identities);
        if (known.size() > 1) {
            return Made.nothing(new ProfileResult.Clash(known.getFirst(), known.get(1)));
        }
        return known.isEmpty()
                ? create(workspace, identities, learned, validateOnly, now)
                : extend(known.getFirst(), identities, learned, validateOnly, now);
    }

    private Made<ProfileResult> create(
            WorkspaceId workspace,
            Collection<Identity> identities,
            DetailsChange learned,
            boolean validateOnly,
            Instant now) {
        Profile created =
                Profile.created(
                        new ProfileId(changes.newId()),
                        workspace,
                        identities,
                        learned.applyTo(ProfileDetails.NONE),
                        now);
        if (created.details().attributes().isTooLarge()) {
            return Made.nothing(new ProfileResult.AttributesTooLarge(created));
        }
        if (!validateOnly) {
            profiles.insert(created);
        }
        return Made.effective(new ProfileResult.Known(created));
    }

    private Made<ProfileResult> extend(
            Profile known,
            Collection<Identity> identities,
            DetailsChange learned,
            boolean validateOnly,
            Instant now) {
        Set<Identity> all = known.with(identities);
        ProfileDetails details = learned.applyTo(known.details());
        if (all.size() == known.identities().size() && details.equals(known.details())) {
            return Made.nothing(new ProfileResult.Known(known));
        }
        if (all.size() > Profile.MOST_IDENTITIES) {
            return Made.nothing(new ProfileResult.TooManyIdentities(known));
        }
        if (details.attributes().isTooLarge()) {
            return Made.nothing(new ProfileResult.AttributesTooLarge(known));
        }
        Profile extended = known.knownAs(all, details, now);
        if (!validateOnly) {
            profiles.update(extended);
        }
        return Made.effective(new ProfileResult.Known(extended));
    }
}
