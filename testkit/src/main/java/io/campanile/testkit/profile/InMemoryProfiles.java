package io.campanile.testkit.profile;

import io.campanile.application.profile.port.Profiles;
import io.campanile.application.query.Query;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.PersonNames;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryList;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Profiles in a map. Locks nothing: [io.campanile.testkit.store.InMemoryTransactions] runs one
/// transaction at a time.
public final class InMemoryProfiles implements Profiles {
    private static final InMemoryList<Profile> LIST =
            new InMemoryList<>(InMemoryProfiles::field, Profiles.FIELDS);

    private final Map<ProfileId, Profile> byId = new ConcurrentHashMap<>();

    @Override
    public Optional<Profile> find(WorkspaceId workspace, ProfileId id) {
        return Optional.ofNullable(byId.get(id))
                .filter(profile -> profile.workspace().equals(workspace));
    }

    @Override
    public Optional<Profile> find(WorkspaceId workspace, Identity identity) {
        return of(workspace).stream()
                .filter(profile -> profile.identities().contains(identity))
                .findFirst();
    }

    @Override
    public List<Profile> find(
            WorkspaceId workspace, Collection<ProfileId> ids, Collection<Identity> identities) {
        return of(workspace).stream()
                .filter(profile ->
                        ids.contains(profile.id())
                                || profile.identities().stream().anyMatch(identities::contains))
                .toList();
    }

    @Override
    public List<Profile> lock(WorkspaceId workspace, Collection<Identity> identities) {
        Profiles.refuseMany(identities);
        return of(workspace).stream()
                .filter(profile -> profile.identities().stream().anyMatch(identities::contains))
                .sorted(
                        Comparator.comparing(Profile::createTime)
                                .thenComparing(profile -> profile.id().value()))
                .toList();
    }

    @Override
    public void insert(Collection<Profile> created) {
        created.forEach(profile -> byId.put(profile.id(), profile));
    }

    @Override
    public void update(Collection<Profile> changed) {
        changed.forEach(profile -> byId.put(profile.id(), profile));
    }

    @Override
    public void lockToDelete(ProfileId leaving) {
        // There is nobody else.
    }

    @Override
    public void delete(Profile erased) {
        byId.remove(erased.id());
    }

    @Override
    public Set<EmailAddress> ofOthers(
            WorkspaceId workspace,
            ProfileId id,
            Collection<EmailAddress> addresses,
            Collection<String> fields) {
        Set<EmailAddress> found =
                of(workspace).stream()
                        .filter(profile -> !profile.id().equals(id))
                        .flatMap(other -> PersonNames.addressesOf(other, fields).stream())
                        .collect(Collectors.toSet());
        return addresses.stream()
                .filter(address -> found.contains(new EmailAddress(address.comparable())))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Profile> list(WorkspaceId workspace, Query query) {
        return LIST.page(of(workspace), query);
    }

    /// Everybody in the workspace.
    public List<Profile> of(WorkspaceId workspace) {
        return byId.values().stream()
                .filter(profile -> profile.workspace().equals(workspace))
                .toList();
    }

    private static Object field(Profile profile, String field) {
        return switch (field) {
            case "create_time" -> profile.createTime();
            case "update_time" -> profile.updateTime();
            default -> throw new IllegalArgumentException(field);
        };
    }
}
