package io.campanile.application.consent;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Finds out who many people are whose consents are recorded together. Thread-safe.
final class Speakers {
    private final Consents consents;
    private final ManageProfiles profiles;

    Speakers(Consents consents, ManageProfiles profiles) {
        this.consents = consents;
        this.profiles = profiles;
    }

    /// Whose words are recorded.
    ///
    /// @param missing indexes of persons who were named by a profile that does not exist, from 0
    /// @param subjects one for each person, in order; none where one is missing
    record Found(List<Integer> missing, List<ConsentSubject> subjects) {}

    /// Finds all of them. Identities that nobody knows become profiles, and the subjects are
    /// locked: whoever is merged or erased takes that lock first, so that they are the same people
    /// until the end of the transaction. Where one is missing, nothing of that is done.
    ///
    /// @throws StoreUnavailable also when a profile goes just now: people may have been made known
    Found makeKnownAndLock(WorkspaceId workspace, List<Person> persons, ChangeCall call) {
        var people = new People(workspace, persons);
        people.look();
        List<Integer> missing = people.missing();
        if (!missing.isEmpty()) {
            return new Found(missing, List.of());
        }
        people.makeKnown(call);
        Set<ConsentSubject> locked = new HashSet<>();
        Set<ConsentSubject> open = new LinkedHashSet<>(people.subjects());
        while (!open.isEmpty()) {
            consents.lock(workspace, open);
            locked.addAll(open);
            people.look();
            if (people.isSomebodyGone()) {
                throw new StoreUnavailable(
                        "a profile is gone",
                        new IllegalStateException("whoever was waited for erased or merged it"));
            }
            open = new LinkedHashSet<>(people.subjects());
            open.removeAll(locked);
        }
        return new Found(missing, people.subjects());
    }

    /// The people of one call.
    private final class People {
        private final WorkspaceId workspace;
        private final List<Person> persons;
        private final Set<ProfileId> ids = new LinkedHashSet<>();
        private final Set<Identity> identities = new LinkedHashSet<>();
        private final Set<ProfileId> existing = new HashSet<>();
        private final Map<Identity, ProfileId> owners = new HashMap<>();

        /// Where the call is only tried, they are not stored.
        private final Map<Identity, ProfileId> made = new HashMap<>();

        People(WorkspaceId workspace, List<Person> persons) {
            this.workspace = workspace;
            this.persons = persons;
            for (Person person : persons) {
                if (person instanceof Person.ByProfile(var id)) {
                    ids.add(id);
                } else if (person instanceof Person.ByIdentity(var identity)) {
                    identities.add(identity);
                }
            }
        }

        void look() {
            existing.clear();
            owners.clear();
            for (Profile profile : profiles.get(workspace, ids, identities)) {
                existing.add(profile.id());
                profile.identities().forEach(identity -> owners.put(identity, profile.id()));
            }
        }

        boolean isSomebodyGone() {
            return !missing().isEmpty()
                    || identities.stream().anyMatch(identity -> owner(identity) == null);
        }

        List<Integer> missing() {
            return IntStream.range(0, persons.size())
                    .filter(index ->
                            persons.get(index) instanceof Person.ByProfile(var id)
                                    && !existing.contains(id))
                    .boxed()
                    .toList();
        }

        void makeKnown(ChangeCall call) {
            List<Identity> unknown =
                    identities.stream().filter(identity -> !owners.containsKey(identity)).toList();
            for (Profile profile : profiles.upsertEach(workspace, unknown, call)) {
                profile.identities().forEach(identity -> made.put(identity, profile.id()));
            }
        }

        List<ConsentSubject> subjects() {
            return persons.stream().map(this::subject).toList();
        }

        private ConsentSubject subject(Person person) {
            return switch (person) {
                case Person.ByProfile(var id) -> new ConsentSubject.OfProfile(id);
                case Person.ByIdentity(var identity) ->
                        new ConsentSubject.OfProfile(requireOwner(identity));
                case Person.ByAddress(var address) -> new ConsentSubject.OfAddress(address);
                case Person.ByLink _ -> throw new IllegalArgumentException("nobody among many");
            };
        }

        private @Nullable ProfileId owner(Identity identity) {
            ProfileId owner = owners.get(identity);
            return owner == null ? made.get(identity) : owner;
        }

        private ProfileId requireOwner(Identity identity) {
            ProfileId owner = owner(identity);
            if (owner == null) {
                throw new IllegalStateException("an identity that was not made known");
            }
            return owner;
        }
    }
}
