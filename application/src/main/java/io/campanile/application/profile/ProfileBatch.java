package io.campanile.application.profile;

import io.campanile.application.access.ChangeCall;
import io.campanile.domain.profile.ContactKind;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.schema.AttributeCheck;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeViolation;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// The people that a batch of rows is about, while one row after the other teaches about them: what
/// a row makes known, the next one finds. Nothing is stored.
final class ProfileBatch {
    private final WorkspaceId workspace;
    private final AttributeCheck attributes;
    private final Supplier<Set<String>> addressFields;
    private @Nullable Set<String> knownFields;
    private final Supplier<UUID> ids;
    private final Instant now;
    private final Set<Identity> pointing = new HashSet<>();
    private final Map<Identity, ProfileId> owners = new HashMap<>();
    private final Map<ProfileId, Profile> known = new HashMap<>();
    private final Map<ProfileId, Profile> created = new LinkedHashMap<>();
    private final Map<ProfileId, Profile> updated = new LinkedHashMap<>();

    /// @param addressFields which attributes hold addresses, by dotted path; asked at most once,
    ///   and only where somebody's addresses may have changed
    /// @param stored everybody whom an identity of the rows points at or whom a row names, locked
    ProfileBatch(
            WorkspaceId workspace,
            AttributeSchema schema,
            Supplier<Set<String>> addressFields,
            Collection<Profile> stored,
            Supplier<UUID> ids,
            Instant now) {
        this.workspace = workspace;
        this.attributes = new AttributeCheck(schema);
        this.addressFields = addressFields;
        this.ids = ids;
        this.now = now;
        stored.forEach(this::remember);
        pointing.addAll(owners.keySet());
    }

    private void remember(Profile profile) {
        known.put(profile.id(), profile);
        profile.identities().forEach(identity -> owners.put(identity, profile.id()));
    }

    /// @param call the person must be of its version, if it has one
    ProfileResult learn(ProfileRow row, ChangeCall call) {
        List<AttributeViolation> violations = attributes.violations(row.learned().attributes());
        if (!violations.isEmpty()) {
            return new ProfileResult.AttributesRefused(violations);
        }
        if (row.whom() instanceof Whom.Named(var id) && !known.containsKey(id)) {
            return new ProfileResult.Nobody();
        }
        List<Profile> meant = meant(row);
        if (row.whom() instanceof Whom.Stranger && !meant.isEmpty()) {
            return new ProfileResult.KnownAlready(meant.getFirst());
        }
        if (meant.size() > 1) {
            return new ProfileResult.Clash(meant.getFirst(), meant.get(1));
        }
        if (meant.isEmpty()) {
            return call.version() == null ? create(row) : new ProfileResult.Nobody();
        }
        Profile person = meant.getFirst();
        return call.mayChange(person.version())
                ? extend(person, row)
                : new ProfileResult.EtagMismatch(person);
    }

    /// Whom the row names, and whom its identities point at, each once.
    private List<Profile> meant(ProfileRow row) {
        Set<ProfileId> meant = new LinkedHashSet<>();
        if (row.whom() instanceof Whom.Named(var id)) {
            meant.add(id);
        }
        for (Identity identity : row.identities()) {
            ProfileId owner = owners.get(identity);
            if (owner != null) {
                meant.add(owner);
            }
        }
        return meant.stream().map(this::require).toList();
    }

    private Profile require(ProfileId id) {
        Profile profile = known.get(id);
        if (profile == null) {
            throw new IllegalStateException("an identity of nobody");
        }
        return profile;
    }

    private ProfileResult create(ProfileRow row) {
        List<ContactKind> full = row.learned().full(ProfileDetails.NONE);
        if (!full.isEmpty()) {
            return new ProfileResult.TooManyContacts(full);
        }
        Profile profile =
                Profile.created(
                        new ProfileId(ids.get()),
                        workspace,
                        row.identities(),
                        row.learned().applyTo(ProfileDetails.NONE),
                        now);
        if (profile.details().attributes().isTooLarge()) {
            return new ProfileResult.AttributesTooLarge(profile);
        }
        created.put(profile.id(), profile);
        remember(profile);
        return new ProfileResult.Known(profile);
    }

    private ProfileResult extend(Profile profile, ProfileRow row) {
        List<ContactKind> full = row.learned().full(profile.details());
        if (!full.isEmpty()) {
            return new ProfileResult.TooManyContacts(full);
        }
        Set<Identity> all = profile.with(row.identities());
        ProfileDetails details = row.learned().applyTo(profile.details());
        if (all.size() == profile.identities().size() && details.equals(profile.details())) {
            return new ProfileResult.Known(profile);
        }
        if (all.size() > Profile.MOST_IDENTITIES) {
            return new ProfileResult.TooManyIdentities(profile);
        }
        if (details.attributes().isTooLarge()) {
            return new ProfileResult.AttributesTooLarge(profile);
        }
        Profile extended = remembering(profile, profile.knownAs(all, details, now));
        (created.containsKey(profile.id()) ? created : updated).put(profile.id(), extended);
        remember(extended);
        return new ProfileResult.Known(extended);
    }

    private Profile remembering(Profile before, Profile extended) {
        ProfileDetails known = before.details();
        ProfileDetails details = extended.details();
        boolean hasNone = known.formerAddresses().isEmpty();
        return details.emailAddresses().equals(known.emailAddresses())
                        && details.attributes().equals(known.attributes())
                        && (hasNone || extended.identities().equals(before.identities()))
                ? extended
                : extended.remembering(List.of(before), addressFields());
    }

    private Set<String> addressFields() {
        if (knownFields == null) {
            knownFields = addressFields.get();
        }
        return knownFields;
    }

    /// The profiles that the rows made known, in the order of the rows.
    Collection<Profile> created() {
        return created.values();
    }

    /// The profiles that were known before and are not as they were.
    Collection<Profile> updated() {
        return updated.values();
    }

    /// Whom the identities that begin to point at somebody point at, by their form in which keys
    /// are compared.
    Map<Identity, ProfileId> turnedOut() {
        Map<Identity, ProfileId> turnedOut = new HashMap<>();
        owners.forEach((identity, owner) -> {
            if (!pointing.contains(identity)) {
                turnedOut.put(identity.comparable(), owner);
            }
        });
        return turnedOut;
    }
}
