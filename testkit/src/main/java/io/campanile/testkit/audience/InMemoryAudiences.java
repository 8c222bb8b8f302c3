package io.campanile.testkit.audience;

import io.campanile.application.audience.AudienceLists;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.audience.port.MemberKey;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.query.Query;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryList;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/// Audiences in a map. Locks nothing: [io.campanile.testkit.store.InMemoryTransactions] runs one
/// transaction at a time.
public final class InMemoryAudiences implements Audiences {
    private static final InMemoryList<Audience> LIST =
            new InMemoryList<>(InMemoryAudiences::field, AudienceLists::cursor);

    /// As PostgreSQL compares uuids; their text is in the same order.
    private static final Comparator<ProfileId> ORDER = Comparator.comparing(ProfileId::toString);

    private final Profiles profiles;
    private final Map<AudienceId, Audience> byId = new ConcurrentHashMap<>();
    private final Map<AudienceId, Collection<ProfileId>> members = new ConcurrentHashMap<>();

    /// Audiences of these people.
    public InMemoryAudiences(Profiles profiles) {
        this.profiles = profiles;
    }

    @Override
    public Optional<Audience> find(AudienceName name) {
        return byId.values().stream()
                .filter(audience -> audience.name().equals(name))
                .findFirst()
                .map(audience ->
                        new Audience(
                                audience.id(),
                                audience.name(),
                                audience.displayName(),
                                audience.description(),
                                members(audience.id()).size(),
                                audience.version(),
                                audience.createTime(),
                                audience.updateTime()));
    }

    @Override
    public Optional<Audience> lock(AudienceName name) {
        return find(name);
    }

    @Override
    public synchronized boolean insert(Audience audience) {
        return find(audience.name()).isEmpty() && byId.put(audience.id(), audience) == null;
    }

    @Override
    public void update(Audience audience) {
        byId.put(audience.id(), audience);
    }

    @Override
    public void delete(AudienceId id) {
        byId.remove(id);
        members.remove(id);
    }

    @Override
    public List<Audience> list(WorkspaceId workspace, Query query) {
        return LIST.page(
                byId.values().stream()
                        .filter(audience -> audience.name().workspace().equals(workspace))
                        .flatMap(audience -> find(audience.name()).stream())
                        .toList(),
                query);
    }

    @Override
    public Map<MemberKey, ProfileId> resolve(WorkspaceId workspace, Collection<MemberKey> keys) {
        Map<MemberKey, ProfileId> found = new HashMap<>();
        for (MemberKey key : keys) {
            Optional<Profile> profile =
                    switch (key) {
                        case MemberKey.OfProfile(var id) -> profiles.find(workspace, id);
                        case MemberKey.OfIdentity(var identity) ->
                                profiles.find(workspace, identity);
                    };
            profile.ifPresent(known -> found.put(key, known.id()));
        }
        return found;
    }

    @Override
    public int add(AudienceId audience, Collection<ProfileId> added) {
        return (int) added.stream().filter(members(audience)::add).count();
    }

    @Override
    public int remove(AudienceId audience, Collection<ProfileId> removed) {
        return (int) removed.stream().filter(members(audience)::remove).count();
    }

    @Override
    public int countMembers(AudienceId audience, Collection<ProfileId> asked) {
        return (int) asked.stream().filter(members(audience)::contains).count();
    }

    @Override
    public List<AudienceName> memberships(ProfileId profile) {
        return byId.values().stream()
                .filter(audience -> members(audience.id()).contains(profile))
                .map(Audience::name)
                .sorted(Comparator.comparing(AudienceName::audience))
                .toList();
    }

    @Override
    public void move(ProfileId from, ProfileId to) {
        for (Collection<ProfileId> ids : members.values()) {
            if (ids.remove(from)) {
                ids.add(to);
            }
        }
    }

    @Override
    public void forget(ProfileId profile) {
        members.values().forEach(ids -> ids.remove(profile));
    }

    @Override
    public List<ProfileId> members(AudienceId audience, @Nullable ProfileId after, int limit) {
        var ordered = new TreeSet<>(ORDER);
        ordered.addAll(members(audience));
        return ordered.stream()
                .filter(profile -> after == null || ORDER.compare(profile, after) > 0)
                .limit(limit)
                .toList();
    }

    private Collection<ProfileId> members(AudienceId audience) {
        return members.computeIfAbsent(audience, _ -> new ConcurrentSkipListSet<>(ORDER));
    }

    private static @Nullable Object field(Audience audience, String field) {
        return switch (field) {
            case "create_time" -> audience.createTime();
            case "update_time" -> audience.updateTime();
            case "display_name" -> audience.displayName();
            default -> throw new IllegalArgumentException(field);
        };
    }
}
