package io.campanile.persistence.profile;

import io.campanile.application.profile.ProfileLists;
import io.campanile.application.profile.port.Profiles;
import io.campanile.application.query.Query;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.profile.ProfileDetails;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Json;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.SqlList;
import io.campanile.persistence.SqlQuery;
import io.campanile.persistence.StateRows;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Profiles on PostgreSQL.
public final class JdbiProfiles implements Profiles {
    private static final SqlList LISTS =
            new SqlList(
                    ProfileLists.FIELDS,
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

    private static final String BY_IDENTITIES =
            SELECT
                    + """
                    AND p.profile_id = ANY (ARRAY(
                      SELECT i.profile_id
                      FROM unnest(:namespaces, :keys) AS t (namespace, value)
                      CROSS JOIN LATERAL (
                        SELECT k.profile_id
                        FROM profile_identity k
                        WHERE k.workspace_id = :workspace AND k.namespace = t.namespace AND k.value = t.value
                        OFFSET 0
                      ) AS i))
                    ORDER BY p.create_time, p.profile_id
                    """;

    // In the order of the locks, so that two callers never wait for each other.
    private static final String LOCK =
            """
            SELECT count(pg_advisory_xact_lock(l.key))
            FROM (
              SELECT DISTINCT hashtextextended(concat_ws(' ', :workspace, t.namespace, t.value), 0) AS key
              FROM unnest(:namespaces, :keys) AS t (namespace, value)
              ORDER BY key
            ) AS l
            """;

    // Others may be giving the same people other identities: whoever comes second reads what the
    // first one wrote, in a statement of its own.
    private static final String LOCK_PROFILES =
            """
            SELECT p.profile_id
            FROM profile p
            WHERE p.profile_id = ANY (ARRAY(
              SELECT i.profile_id
              FROM unnest(:namespaces, :keys) AS t (namespace, value)
              CROSS JOIN LATERAL (
                SELECT k.profile_id
                FROM profile_identity k
                WHERE k.workspace_id = :workspace AND k.namespace = t.namespace AND k.value = t.value
                OFFSET 0
              ) AS i))
            ORDER BY p.profile_id
            FOR NO KEY UPDATE
            """;

    private static final String INSERT =
            """
            INSERT INTO profile (profile_id, workspace_id, attributes, email_addresses, locale, time_zone, version,
              create_time, update_time)
            VALUES (:id, :workspace, :attributes::jsonb, :emailAddresses, :locale, :timeZone, :version, :createTime,
              :updateTime)
            """;

    private static final String UPDATE =
            """
            UPDATE profile
            SET attributes = :attributes::jsonb, email_addresses = :emailAddresses, locale = :locale,
              time_zone = :timeZone, version = :version, update_time = :updateTime
            WHERE profile_id = :id
            """;

    private static final String FORGET_IDENTITIES =
            "DELETE FROM profile_identity WHERE profile_id = :id";

    private static final String INSERT_IDENTITIES =
            """
            INSERT INTO profile_identity (workspace_id, namespace, value, profile_id, number)
            SELECT :workspace, t.namespace, t.value, :id, t.number
            FROM unnest(:namespaces, :keys) WITH ORDINALITY AS t (namespace, value, number)
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
    public List<Profile> lock(WorkspaceId workspace, Collection<Identity> identities) {
        return store.inTransaction(handle -> {
            bind(handle.createQuery(LOCK), identities)
                    .bind("workspace", workspace.value())
                    .mapTo(Long.class)
                    .one();
            bind(handle.createQuery(LOCK_PROFILES), identities)
                    .bind("workspace", workspace.value())
                    .mapTo(UUID.class)
                    .list();
            return byIdentities(handle, workspace, identities);
        });
    }

    private static List<Profile> byIdentities(
            Handle handle, WorkspaceId workspace, Collection<Identity> identities) {
        return bind(handle.createQuery(BY_IDENTITIES), identities)
                .bind("workspace", workspace.value())
                .map((row, _) -> profile(row))
                .list();
    }

    @Override
    public void insert(Profile profile) {
        store.inTransaction(handle -> {
            bind(handle.createUpdate(INSERT), profile)
                    .bind("workspace", profile.workspace().value())
                    .bind("createTime", profile.createTime())
                    .execute();
            return insertIdentities(handle, profile);
        });
    }

    @Override
    public void update(Profile profile) {
        store.inTransaction(handle -> {
            bind(handle.createUpdate(UPDATE), profile).execute();
            handle.createUpdate(FORGET_IDENTITIES).bind("id", profile.id().value()).execute();
            return insertIdentities(handle, profile);
        });
    }

    private static Update bind(Update update, Profile profile) {
        ProfileDetails details = profile.details();
        return update.bind("id", profile.id().value())
                .bind("attributes", Json.write(details.attributes().values()))
                .bind(
                        "emailAddresses",
                        SqlArrays.texts(details.emailAddresses(), EmailAddress::value))
                .bind("locale", details.locale())
                .bind("timeZone", details.timeZone())
                .bind("version", profile.version())
                .bind("updateTime", profile.updateTime());
    }

    private static int insertIdentities(Handle handle, Profile profile) {
        return bind(handle.createUpdate(INSERT_IDENTITIES), profile.identities())
                .bind("workspace", profile.workspace().value())
                .bind("id", profile.id().value())
                .execute();
    }

    @Override
    public List<Profile> list(WorkspaceId workspace, Query query) {
        SqlQuery rest = LISTS.query(query);
        return store.inStatement(handle ->
                handle.createQuery(SELECT + rest.text())
                        .bind("workspace", workspace.value())
                        .bindMap(rest.values())
                        .map((row, _) -> profile(row))
                        .list());
    }

    private static <S extends SqlStatement<S>> S bind(
            S statement, Collection<Identity> identities) {
        return statement
                .bind("namespaces", SqlArrays.texts(identities, Identity::namespace))
                .bind("keys", SqlArrays.texts(identities, Identity::value));
    }

    private static Profile profile(ResultSet row) throws SQLException {
        String[] namespaces = (String[]) row.getArray("namespaces").getArray();
        String[] keys = (String[]) row.getArray("keys").getArray();
        List<Identity> identities = new ArrayList<>(keys.length);
        for (int i = 0; i < keys.length; i++) {
            identities.add(new Identity(namespaces[i], keys[i]));
        }
        return new Profile(
                new ProfileId(row.getObject("profile_id", UUID.class)),
                new WorkspaceId(row.getString("workspace_id")),
                identities,
                ProfileRows.details(row),
                row.getLong("version"),
                StateRows.time(row, "create_time"),
                StateRows.time(row, "update_time"));
    }
}
