package io.campanile.testkit.audience;

import io.campanile.application.audience.port.AudienceSample;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.audience.port.MemberKey;
import io.campanile.application.consent.port.Consents;
import io.campanile.application.query.Query;
import io.campanile.application.store.StatementTooSlow;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.channel.Channel;
import io.campanile.domain.consent.ConsentLevel;
import io.campanile.domain.consent.ConsentSubject;
import io.campanile.domain.consent.Purpose;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.audience.InMemoryAudienceRules.Person;
import io.campanile.testkit.consent.InMemoryConsents;
import io.campanile.testkit.profile.InMemoryProfiles;
import io.campanile.testkit.store.InMemoryList;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;

/// Audiences in a map. Locks nothing: [io.campanile.testkit.store.InMemoryTransactions] runs one
/// transaction at a time.
public final class InMemoryAudiences implements Audiences {
    private static final InMemoryList<Audience> LIST =
            new InMemoryList<>(InMemoryAudiences::field, Audiences.FIELDS);

    /// As PostgreSQL compares uuids; their text is in the same order.
    private static final Comparator<ProfileId> ORDER = Comparator.comparing(ProfileId::toString);

    private final InMemoryProfiles profiles;
    private final Consents consents;
    private final InMemoryAudienceRules rules = new InMemoryAudienceRules();
    private final Random chance = new Random(1);
    private volatile boolean slow;
    private final Map<AudienceId, Audience> byId = new ConcurrentHashMap<>();
    private final Map<AudienceId, Collection<ProfileId>> members = new ConcurrentHashMap<>();

    /// Audiences of these people, of whom nobody ever said what they want.
    public InMemoryAudiences(InMemoryProfiles profiles) {
        this(profiles, new InMemoryConsents());
    }

    /// Audiences of these people.
    public InMemoryAudiences(InMemoryProfiles profiles, Consents consents) {
        this.profiles = profiles;
        this.consents = consents;
    }

    /// From now on whoever asks for members asks for too long, by a rule or of a list.
    public void beTooSlow() {
        slow = true;
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
                                audience.definition(),
                                listed(audience.id()).size(),
                                audience.version(),
                                audience.createTime(),
                                audience.updateTime()));
    }

    @Override
    public Optional<Audience> lock(AudienceName name) {
        return find(name);
    }

    @Override
    public Optional<Audience> lockToDelete(AudienceName name) {
        return find(name);
    }

    @Override
    public Optional<Audience> share(AudienceName name) {
        return find(name);
    }

    @Override
    public List<Audience> withInRule(WorkspaceId workspace, String text) {
        return byId.values().stream()
                .filter(audience -> audience.name().workspace().equals(workspace))
                .filter(audience -> audience.rule().contains(text))
                .sorted(Comparator.comparing(audience -> audience.name().audience()))
                .toList();
    }

    @Override
    public synchronized boolean insert(Audience audience) {
        return find(audience.name()).isEmpty() && byId.put(audience.id(), audience) == null;
    }

    @Override
    public void update(Audience audience) {
        if (byId.replace(audience.id(), audience) == null) {
            throw new IllegalStateException("there is no " + audience.name());
        }
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
        return (int)
                added.stream()
                        .filter(profile -> exists(audience, profile))
                        .filter(listed(audience)::add)
                        .count();
    }

    private boolean exists(AudienceId audience, ProfileId profile) {
        return Optional.ofNullable(byId.get(audience))
                .flatMap(found -> profiles.find(found.name().workspace(), profile))
                .isPresent();
    }

    @Override
    public int remove(AudienceId audience, Collection<ProfileId> removed) {
        return (int) removed.stream().filter(listed(audience)::remove).count();
    }

    @Override
    public int countMembers(AudienceId audience, Collection<ProfileId> asked) {
        return (int) asked.stream().filter(listed(audience)::contains).count();
    }

    @Override
    public List<AudienceName> memberships(ProfileId profile) {
        return byId.values().stream()
                .filter(audience -> listed(audience.id()).contains(profile))
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
    public List<ProfileId> members(Audience audience, @Nullable ProfileId after, int limit) {
        return now(audience).stream()
                .map(Profile::id)
                .filter(profile -> after == null || ORDER.compare(profile, after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public boolean isEmpty(Audience audience) {
        return now(audience).isEmpty();
    }

    @Override
    public long count(Audience audience) {
        return now(audience).size();
    }

    @Override
    public AudienceSample sample(Audience audience, String namespace, int most) {
        List<Profile> all = new ArrayList<>(now(audience));
        Collections.shuffle(all, chance);
        return new AudienceSample(
                all.size(),
                all.stream().limit(most).map(profile -> named(profile, namespace)).toList());
    }

    private static Identity named(Profile profile, String namespace) {
        return profile.identities().stream()
                .filter(identity -> identity.namespace().equals(namespace))
                .findFirst()
                .orElse(profile.identities().getFirst());
    }

    /// The members of this moment, in the order of their ids.
    public List<Profile> now(Audience audience) {
        if (slow) {
            throw new StatementTooSlow("slow", new IllegalStateException("by the test's will"));
        }
        WorkspaceId workspace = audience.name().workspace();
        Predicate<Profile> isMember =
                audience.isByRule()
                        ? matching(audience)
                        : profile -> listed(audience.id()).contains(profile.id());
        return profiles.of(workspace).stream()
                .filter(isMember)
                .sorted(Comparator.comparing(Profile::id, ORDER))
                .toList();
    }

    private Predicate<Profile> matching(Audience audience) {
        Predicate<Person> matches = rules.matching(audience.rule());
        return profile -> matches.test(person(profile));
    }

    private Person person(Profile profile) {
        return new Person(
                RuleValues.of(profile),
                (channel, topic) -> consent(profile, channel, topic),
                audience ->
                        find(new AudienceName(profile.workspace(), audience))
                                .filter(other -> listed(other.id()).contains(profile.id()))
                                .isPresent());
    }

    private String consent(Profile profile, String channel, String topic) {
        var level =
                new ConsentLevel(
                        channel.equals("ANY") ? null : Channel.valueOf(channel),
                        Purpose.MARKETING,
                        topic);
        return consents
                .current(profile.workspace(), new ConsentSubject.OfProfile(profile.id()))
                .stream()
                .filter(record -> record.level().equals(level))
                .map(record -> record.state().name())
                .findFirst()
                .orElse("UNSET");
    }

    private Collection<ProfileId> listed(AudienceId audience) {
        return members.computeIfAbsent(audience, _ -> new ConcurrentSkipListSet<>(ORDER));
    }

    private static @Nullable Object field(Audience audience, String field) {
        return switch (field) {
            case "create_time" -> audience.createTime();
            case "update_time" -> audience.updateTime();
            case "display_name" -> audience.definition().displayName();
            default -> throw new IllegalArgumentException(field);
        };
    }
}
