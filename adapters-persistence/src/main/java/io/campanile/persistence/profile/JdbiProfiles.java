package io.campanile.persistence.profile;

import io.campanile.application.profile.port.Profiles;
import io.campanile.application.query.Query;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.channel.PhoneNumber;
import io.campanile.domain.eligibility.PersonKey;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.IdentityArrays;
import io.campanile.persistence.Json;
import io.campanile.persistence.PersonLocks;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.SqlList;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Profiles on PostgreSQL.
public final class JdbiProfiles implements Profiles {
    private static final SqlList LISTS =
            new SqlList(
                    Profiles.FIELDS,
                    Map.of("create_time", "p.create_time", "update_time", "p.update_time"),
                    "p.profile_id::text");

    private static final String SELECT =
            """
            SELECT p.profile_id, p.workspace_id, p.version, p.create_time, p.update_time, %s,
              ARRAY(SELECT i.namespace FROM profile_identity i WHERE i.profile_id = p.profile_id ORDER BY i.number) AS namespaces,
              ARRAY(SELECT i.value FROM profile_identity i WHERE i.profile_id = p.profile_id ORDER BY i.number) AS keys
            FROM profile p
            WHERE p.workspace_id = :workspace
            """
                    .formatted(ProfileRows.DETAILS);

    /// Those whom identities point at.
    private static final String IDENTIFIED =
            """
            ARRAY(
              SELECT i.profile_id
              FROM unnest(:namespaces, :keys) AS t (namespace, value)
              CROSS JOIN LATERAL (
                SELECT k.profile_id
                FROM profile_identity k
                WHERE k.workspace_id = :workspace AND k.namespace = t.namespace AND k.value = t.value
                OFFSET 0
              ) AS i)
            """;

    private static final String OF_IDENTITIES = "p.profile_id = ANY (" + IDENTIFIED + ")";

    private static final String BY_BOTH =
            SELECT + " AND p.profile_id = ANY (:ids || " + IDENTIFIED + ")";

    private static final String BY_IDENTITIES =
            SELECT + " AND " + OF_IDENTITIES + " ORDER BY p.create_time, p.profile_id";

    // Others may be giving the same people other identities: whoever comes second reads what the
    // first one wrote, in a statement of its own.
    private static final String LOCK_PROFILES =
            "SELECT p.profile_id FROM profile p WHERE "
                    + OF_IDENTITIES
                    + " ORDER BY p.profile_id FOR NO KEY UPDATE";

    private static final String LOCKING = "locking";

    private static final String INSERT =
            """
            INSERT INTO profile (profile_id, workspace_id, attributes, email_addresses, phone_numbers, push_tokens, locale,
              time_zone, former_addresses, version, create_time, update_time)
            SELECT r.profile_id, :workspace, r.attributes::jsonb, string_to_array(r.addresses, E'\\n'),
              string_to_array(r.numbers, E'\\n'), r.tokens::jsonb, r.locale, r.time_zone,
              r.former::jsonb, r.version, to_timestamp(r.create_time), to_timestamp(r.update_time)
            FROM unnest(:profiles, :attributes, :addresses, :phoneNumbers, :pushTokens, :locales, :timeZones,
                :formerAddresses, :versions, :createTimes, :updateTimes)
              AS r (profile_id, attributes, addresses, numbers, tokens, locale, time_zone, former, version, create_time,
                update_time)
            """;

    private static final String UPDATE =
            """
            UPDATE profile p
            SET attributes = r.attributes::jsonb, email_addresses = string_to_array(r.addresses, E'\\n'),
              phone_numbers = string_to_array(r.numbers, E'\\n'), push_tokens = r.tokens::jsonb, locale = r.locale,
              time_zone = r.time_zone, former_addresses = r.former::jsonb, version = r.version,
              update_time = to_timestamp(r.update_time)
            FROM unnest(:profiles, :attributes, :addresses, :phoneNumbers, :pushTokens, :locales, :timeZones,
                :formerAddresses, :versions, :createTimes, :updateTimes)
              AS r (profile_id, attributes, addresses, numbers, tokens, locale, time_zone, former, version, create_time,
                update_time)
            WHERE p.profile_id = r.profile_id
            """;

    private static final String INSERT_IDENTITIES =
            """
            INSERT INTO profile_identity (workspace_id, namespace, value, profile_id, number)
            SELECT :workspace, r.namespace, r.value, r.profile_id, r.number
            FROM unnest(:profiles, :numbers, :namespaces, :keys) AS r (profile_id, number, namespace, value)
            ON CONFLICT (workspace_id, namespace, value) DO NOTHING
            """;

    private final Store store;

    public JdbiProfiles(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Profile> find(WorkspaceId workspace, ProfileId id) {
        return store.inStatement(handle ->
                handle.createQuery(SELECT + " AND p.profile_id = :id")
                        .bind("workspace", workspace.value())
                        .bind("id", id.value())
                        .map((row, _) -> profile(row))
                        .findOne());
    }

    @Override
    public Optional<Profile> find(WorkspaceId workspace, Identity identity) {
        return store.inStatement(
                handle -> byIdentities(handle, workspace, List.of(identity)).stream().findFirst());
    }

    @Override
    public List<Profile> find(
            WorkspaceId workspace, Collection<ProfileId> ids, Collection<Identity> identities) {
        return store.inStatement(handle ->
                IdentityArrays.bind(handle.createQuery(BY_BOTH), identities)
                        .bind("workspace", workspace.value())
                        .bind("ids", SqlArrays.uuids(ids, ProfileId::value))
                        .map((row, _) -> profile(row))
                        .list());
    }

    @Override
    public List<Profile> lock(WorkspaceId workspace, Collection<Identity> identities) {
        Profiles.refuseMany(identities);
        return store.inTransaction(handle -> {
            PersonLocks.take(
                    handle,
                    identities.stream()
                            .map(identity -> PersonKey.of(workspace, identity.comparable()))
                            .toList());
            // A merge that was waited for has given identities to people who are not locked yet.
            while (true) {
                Set<UUID> locked = lockProfiles(handle, workspace, identities);
                List<Profile> found =
                        locked.isEmpty() ? List.of() : byIdentities(handle, workspace, identities);
                if (found.stream().map(person -> person.id().value()).allMatch(locked::contains)) {
                    return found;
                }
            }
        });
    }

    /// Who has more identities than were locked gets all locks anew: those that are missing may
    /// come before the others in the order in which everybody locks.
    @Override
    public List<Profile> lockWhole(WorkspaceId workspace, Collection<Identity> identities) {
        return store.inTransaction(handle -> {
            Set<Identity> all = new LinkedHashSet<>(identities);
            while (true) {
                handle.savepoint(LOCKING);
                List<Profile> locked = lock(workspace, all);
                if (locked.stream().map(Profile::identities).noneMatch(all::addAll)) {
                    handle.releaseSavepoint(LOCKING);
                    return locked;
                }
                handle.rollbackToSavepoint(LOCKING);
            }
        });
    }

    private static Set<UUID> lockProfiles(
            Handle handle, WorkspaceId workspace, Collection<Identity> identities) {
        return IdentityArrays.bind(handle.createQuery(LOCK_PROFILES), identities)
                .bind("workspace", workspace.value())
                .mapTo(UUID.class)
                .set();
    }

    private static List<Profile> byIdentities(
            Handle handle, WorkspaceId workspace, Collection<Identity> identities) {
        return IdentityArrays.bind(handle.createQuery(BY_IDENTITIES), identities)
                .bind("workspace", workspace.value())
                .map((row, _) -> profile(row))
                .list();
    }

    @Override
    public void insert(Collection<Profile> created) {
        int identities = created.stream().mapToInt(profile -> profile.identities().size()).sum();
        if (write(INSERT, created) < identities) {
            throw new StoreUnavailable(
                    "an identity was given to somebody else",
                    new IllegalStateException("whoever had it was merged meanwhile"));
        }
    }

    @Override
    public void update(Collection<Profile> changed) {
        var _ = write(UPDATE, changed);
    }

    /// @return how many identities begin to point at the profiles
    private int write(String statement, Collection<Profile> profiles) {
        return byWorkspace(profiles).entrySet().stream()
                .mapToInt(of -> write(statement, of.getKey(), of.getValue()))
                .sum();
    }

    private int write(String statement, WorkspaceId workspace, List<Profile> rows) {
        return store.inTransaction(handle -> {
            bindRows(handle.createUpdate(statement), rows)
                    .bind("workspace", workspace.value())
                    .execute();
            return insertIdentities(handle, workspace, rows);
        });
    }

    private static Map<WorkspaceId, List<Profile>> byWorkspace(Collection<Profile> profiles) {
        return profiles.stream().collect(Collectors.groupingBy(Profile::workspace));
    }

    private static Update bindRows(Update update, List<Profile> rows) {
        return update.bind("profiles", SqlArrays.uuids(rows, row -> row.id().value()))
                .bind(
                        "attributes",
                        SqlArrays.texts(
                                rows, row -> Json.write(row.details().attributes().values())))
                .bind(
                        "addresses",
                        SqlArrays.texts(
                                rows,
                                row -> lines(row.details().emailAddresses(), EmailAddress::value)))
                .bind(
                        "phoneNumbers",
                        SqlArrays.texts(
                                rows,
                                row -> lines(row.details().phoneNumbers(), PhoneNumber::value)))
                .bind(
                        "pushTokens",
                        SqlArrays.texts(
                                rows, row -> PushTokenJson.write(row.details().pushTokens())))
                .bind("locales", SqlArrays.texts(rows, row -> row.details().locale()))
                .bind("timeZones", SqlArrays.texts(rows, row -> row.details().timeZone()))
                .bind(
                        "formerAddresses",
                        SqlArrays.texts(
                                rows,
                                row -> ProfileRows.writeFormer(row.details().formerAddresses())))
                .bind("versions", SqlArrays.longs(rows.stream().map(Profile::version).toList()))
                .bind("createTimes", SqlArrays.times(rows, Profile::createTime))
                .bind("updateTimes", SqlArrays.times(rows, Profile::updateTime));
    }

    /// Arrays of arrays cannot be bound; no address contains a line break.
    private static <T> String lines(List<T> addresses, Function<T, String> text) {
        return addresses.stream().map(text).collect(Collectors.joining("\n"));
    }

    private record IdentityRow(Profile profile, int number) {
        Identity identity() {
            return profile.identities().get(number);
        }
    }

    /// Those that were there before stay as they are.
    private static int insertIdentities(
            Handle handle, WorkspaceId workspace, List<Profile> profiles) {
        List<IdentityRow> rows = new ArrayList<>(profiles.size());
        for (Profile profile : profiles) {
            for (int number = 0; number < profile.identities().size(); number++) {
                rows.add(new IdentityRow(profile, number));
            }
        }
        return handle.createUpdate(INSERT_IDENTITIES)
                .bind("workspace", workspace.value())
                .bind("profiles", SqlArrays.uuids(rows, row -> row.profile().id().value()))
                .bind("numbers", SqlArrays.integers(rows, row -> row.number() + 1))
                .bind("namespaces", SqlArrays.texts(rows, row -> row.identity().namespace()))
                .bind("keys", SqlArrays.texts(rows, row -> row.identity().value()))
                .execute();
    }

    private static final String LOCK_TO_DELETE =
            "SELECT p.profile_id FROM profile p WHERE p.profile_id = :id FOR UPDATE";

    @Override
    public void lockToDelete(ProfileId leaving) {
        var _ =
                store.inTransaction(handle ->
                        handle.createQuery(LOCK_TO_DELETE)
                                .bind("id", leaving.value())
                                .mapTo(UUID.class)
                                .list());
    }

    @Override
    public void delete(Profile erased) {
        store.inTransaction(handle -> {
            handle.createUpdate("DELETE FROM profile_identity WHERE profile_id = :id")
                    .bind("id", erased.id().value())
                    .execute();
            return handle.createUpdate("DELETE FROM profile WHERE profile_id = :id")
                    .bind("id", erased.id().value())
                    .execute();
        });
    }

    @Override
    public Set<EmailAddress> ofOthers(
            WorkspaceId workspace,
            ProfileId id,
            Collection<EmailAddress> addresses,
            Collection<String> fields) {
        return addresses.isEmpty()
                ? Set.of()
                : SharedAddresses.ofOthers(store, workspace, id, addresses, fields);
    }

    @Override
    public List<Profile> list(WorkspaceId workspace, Query query) {
        return LISTS.page(store, SELECT, workspace, query, (row, _) -> profile(row));
    }

    private static Profile profile(ResultSet row) throws SQLException {
        return new Profile(
                new ProfileId(row.getObject("profile_id", UUID.class)),
                new WorkspaceId(row.getString("workspace_id")),
                IdentityArrays.read(row),
                ProfileRows.details(row),
                row.getLong("version"),
                RowTimes.time(row, "create_time"),
                RowTimes.time(row, "update_time"));
    }
}
