package io.campanile.persistence.audience;

import io.campanile.application.audience.port.AudienceSample;
import io.campanile.application.audience.port.Audiences;
import io.campanile.application.audience.port.MemberKey;
import io.campanile.application.query.Query;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.profile.ProfileId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockedRow;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlList;
import io.campanile.persistence.Store;
import io.campanile.persistence.UuidTimes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Audiences on PostgreSQL.
public final class JdbiAudiences implements Audiences {
    private static final SqlList LISTS =
            new SqlList(
                    Audiences.FIELDS,
                    Map.of(
                            "name", "a.chosen_id",
                            "create_time", "a.create_time",
                            "update_time", "a.update_time",
                            "display_name", "a.display_name"),
                    "a.chosen_id");

    private static final String OF_WORKSPACE =
            """
            SELECT a.audience_id, a.workspace_id, a.chosen_id, a.display_name, a.description, a.rule, a.member_count,
              a.version, a.create_time, a.update_time
            FROM audience a
            WHERE a.workspace_id = :workspace
            """;

    private static final String BY_NAME = OF_WORKSPACE + " AND a.chosen_id = :chosenId";

    private static final String IN_RULE =
            OF_WORKSPACE + " AND strpos(a.rule, :text) > 0 ORDER BY a.chosen_id";

    private static final String INSERT =
            """
            INSERT INTO audience (audience_id, workspace_id, chosen_id, display_name, description, rule, member_count,
              version, create_time, update_time)
            VALUES (:id, :workspace, :chosenId, :displayName, :description, :rule, 0, :version, :createTime, :updateTime)
            ON CONFLICT DO NOTHING
            """;

    private static final String UPDATE =
            """
            UPDATE audience
            SET display_name = :displayName, description = :description, rule = :rule, version = :version,
              update_time = :updateTime
            WHERE audience_id = :id
            """;

    private static final int DELETED_AT_ONCE = 50_000;

    private final Store store;
    private final int deletedAtOnce;

    public JdbiAudiences(Store store) {
        this(store, DELETED_AT_ONCE);
    }

    /// @param deletedAtOnce how many members a statement removes after their audience
    JdbiAudiences(Store store, int deletedAtOnce) {
        this.store = store;
        this.deletedAtOnce = deletedAtOnce;
    }

    @Override
    public Optional<Audience> find(AudienceName name) {
        return store.inStatement(handle -> find(handle, name, ""));
    }

    @Override
    public Optional<Audience> lock(AudienceName name) {
        return store.inStatement(handle -> find(handle, name, " FOR NO KEY UPDATE"));
    }

    @Override
    public Optional<Audience> lockToDelete(AudienceName name) {
        return store.inStatement(handle -> find(handle, name, " FOR UPDATE"));
    }

    @Override
    public Optional<Audience> share(AudienceName name) {
        return store.inStatement(handle -> find(handle, name, " FOR KEY SHARE"));
    }

    private static Optional<Audience> find(Handle handle, AudienceName name, String lock) {
        return handle.createQuery(BY_NAME + lock)
                .bind("workspace", name.workspace().value())
                .bind("chosenId", name.audience())
                .map((row, _) -> audience(row))
                .findOne();
    }

    @Override
    public List<Audience> withInRule(WorkspaceId workspace, String text) {
        return store.inStatement(handle ->
                handle.createQuery(IN_RULE)
                        .bind("workspace", workspace.value())
                        .bind("text", text)
                        .map((row, _) -> audience(row))
                        .list());
    }

    @Override
    public boolean insert(Audience audience) {
        return store.inStatement(handle ->
                bind(handle.createUpdate(INSERT), audience)
                                .bind("workspace", audience.name().workspace().value())
                                .bind("chosenId", audience.name().audience())
                                .bind("createTime", audience.createTime())
                                .execute()
                        == 1);
    }

    @Override
    public void update(Audience audience) {
        LockedRow.requireMet(
                store.inStatement(handle -> bind(handle.createUpdate(UPDATE), audience).execute()),
                audience.name());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Audience audience) {
        return statement
                .bind("id", audience.id().value())
                .bind("displayName", audience.definition().displayName())
                .bind("description", audience.definition().description())
                .bind("rule", audience.rule())
                .bind("version", audience.version())
                .bind("updateTime", audience.updateTime());
    }

    private static final String LAST_OF_SOME =
            """
            SELECT m.profile_id
            FROM audience_member m
            WHERE m.audience_id = :id AND m.profile_id > :after
            ORDER BY m.profile_id
            OFFSET :members - 1
            LIMIT 1
            """;

    private static final String DELETE_SOME =
            """
            DELETE FROM audience_member
            WHERE audience_id = :id AND profile_id > :after AND profile_id <= :last
            """;

    /// Deletes the row of the audience first: whoever adds or moves members waits for it, and then
    /// finds no audience. The members follow, some with each statement, because a single statement
    /// would take too long for millions.
    @Override
    public void delete(AudienceId id) {
        store.inTransaction(handle -> {
            int deleted =
                    handle.createUpdate("DELETE FROM audience WHERE audience_id = :id")
                            .bind("id", id.value())
                            .execute();
            UUID after = UuidTimes.LOWEST;
            while (!after.equals(UuidTimes.HIGHEST)) {
                UUID last = lastOfSome(handle, id, after).orElse(UuidTimes.HIGHEST);
                handle.createUpdate(DELETE_SOME)
                        .bind("id", id.value())
                        .bind("after", after)
                        .bind("last", last)
                        .execute();
                after = last;
            }
            return deleted;
        });
    }

    private Optional<UUID> lastOfSome(Handle handle, AudienceId id, UUID after) {
        return handle.createQuery(LAST_OF_SOME)
                .bind("id", id.value())
                .bind("after", after)
                .bind("members", deletedAtOnce)
                .mapTo(UUID.class)
                .findOne();
    }

    @Override
    public List<Audience> list(WorkspaceId workspace, Query query) {
        return LISTS.page(store, OF_WORKSPACE, workspace, query, (row, _) -> audience(row));
    }

    @Override
    public Map<MemberKey, ProfileId> resolve(WorkspaceId workspace, Collection<MemberKey> keys) {
        return store.inTransaction(handle -> MemberRows.resolve(handle, workspace, keys));
    }

    @Override
    public List<AudienceName> memberships(ProfileId profile) {
        return store.inStatement(handle -> Memberships.of(handle, profile));
    }

    @Override
    public void move(ProfileId from, ProfileId to) {
        store.inTransaction(handle -> Memberships.move(handle, from, to));
    }

    @Override
    public void forget(ProfileId profile) {
        store.inTransaction(handle -> Memberships.forget(handle, profile));
    }

    @Override
    public int add(AudienceId audience, Collection<ProfileId> profiles) {
        return profiles.isEmpty()
                ? 0
                : store.inStatement(handle -> Memberships.add(handle, audience, profiles));
    }

    @Override
    public int remove(AudienceId audience, Collection<ProfileId> profiles) {
        return profiles.isEmpty()
                ? 0
                : store.inStatement(handle -> Memberships.remove(handle, audience, profiles));
    }

    @Override
    public int countMembers(AudienceId audience, Collection<ProfileId> profiles) {
        return profiles.isEmpty()
                ? 0
                : store.inStatement(handle -> Memberships.countAmong(handle, audience, profiles));
    }

    private static final String PAGE =
            """
            SELECT m.profile_id
            FROM member m
            WHERE :after::uuid IS NULL OR m.profile_id > :after::uuid
            ORDER BY m.profile_id
            LIMIT :limit
            """;

    @Override
    public List<ProfileId> members(Audience audience, @Nullable ProfileId after, int limit) {
        MemberQuery members = MemberQuery.of(audience);
        return store.inStatement(handle ->
                handle.createQuery(members.named("member") + PAGE)
                        .bindMap(members.values())
                        .bind("after", after == null ? null : after.value())
                        .bind("limit", limit)
                        .map((row, _) -> new ProfileId(row.getObject(1, UUID.class)))
                        .list());
    }

    private static final String IS_EMPTY = "SELECT NOT EXISTS (SELECT FROM member)";

    @Override
    public boolean isEmpty(Audience audience) {
        MemberQuery members = MemberQuery.of(audience);
        return store.inStatement(handle ->
                handle.createQuery(members.named("member") + IS_EMPTY)
                        .bindMap(members.values())
                        .mapTo(Boolean.class)
                        .one());
    }

    private static final String COUNT_LISTED =
            "SELECT a.member_count FROM audience a WHERE a.audience_id = :memberAudience";

    private static final String COUNT_MATCHED = "SELECT count(*) FROM member";

    @Override
    public long count(Audience audience) {
        MemberQuery members = MemberQuery.of(audience);
        String count = audience.isByRule() ? members.named("member") + COUNT_MATCHED : COUNT_LISTED;
        return store.inStatement(handle ->
                handle.createQuery(count)
                        .bindMap(members.values())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    @Override
    public AudienceSample sample(Audience audience, String namespace, int most) {
        return store.inStatement(handle -> SampleRows.choose(handle, audience, namespace, most));
    }

    private static Audience audience(ResultSet row) throws SQLException {
        return new Audience(
                new AudienceId(row.getObject("audience_id", UUID.class)),
                new AudienceName(
                        new WorkspaceId(row.getString("workspace_id")), row.getString("chosen_id")),
                new AudienceDefinition(
                        row.getString("display_name"),
                        row.getString("description"),
                        row.getString("rule")),
                row.getLong("member_count"),
                row.getLong("version"),
                RowTimes.time(row, "create_time"),
                RowTimes.time(row, "update_time"));
    }
}
