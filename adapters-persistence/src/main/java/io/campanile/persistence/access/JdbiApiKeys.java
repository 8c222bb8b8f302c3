package io.campanile.persistence.access;

import io.campanile.application.access.port.ApiKeys;
import io.campanile.application.query.Query;
import io.campanile.domain.access.ApiKey;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.access.KeyHash;
import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.RowTimes;
import io.campanile.persistence.SqlArrays;
import io.campanile.persistence.SqlList;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.statement.SqlStatement;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// API keys on PostgreSQL.
public final class JdbiApiKeys implements ApiKeys {
    private static final String SELECT =
            """
            SELECT api_key_id, workspace_id, display_name, roles, prefix, hash, create_time, expire_time, revoke_time
            FROM api_key
            """;

    private static final String BY_HASH = SELECT + "WHERE hash = :hash";

    private static final String BY_ID =
            SELECT + "WHERE workspace_id = :workspace AND api_key_id = :id";

    // In the order of their ids, so that two callers cannot deadlock.
    private static final String LOCK_OWNERS =
            SELECT
                    + """
                    WHERE workspace_id = :workspace AND 'OWNER' = ANY (roles) AND revoke_time IS NULL
                    ORDER BY api_key_id
                    FOR UPDATE
                    """;

    private static final String LIST = SELECT + "WHERE workspace_id = :workspace";

    private static final SqlList LISTS =
            new SqlList(
                    ApiKeys.FIELDS,
                    Map.of(
                            "create_time", "create_time",
                            "display_name", "display_name",
                            "expire_time", "expire_time",
                            "revoke_time", "revoke_time",
                            "role", "roles"),
                    "api_key_id::text",
                    Set.of("role"));

    private static final String INSERT =
            """
            INSERT INTO api_key (api_key_id, workspace_id, display_name, roles, prefix, hash, create_time, expire_time,
              revoke_time)
            VALUES (:id, :workspace, :displayName, :roles, :prefix, :hash, :createTime, :expireTime, :revokeTime)
            """;

    private static final String UPDATE =
            """
            UPDATE api_key
            SET workspace_id = :workspace, display_name = :displayName, roles = :roles, prefix = :prefix, hash = :hash,
              create_time = :createTime, expire_time = :expireTime, revoke_time = :revokeTime
            WHERE api_key_id = :id
            """;

    private final Store store;

    public JdbiApiKeys(Store store) {
        this.store = store;
    }

    @Override
    public Optional<ApiKey> find(KeyHash hash) {
        return store.inStatement(handle ->
                handle.createQuery(BY_HASH)
                        .bind("hash", hash.hex())
                        .map((row, _) -> key(row))
                        .findOne());
    }

    @Override
    public Optional<ApiKey> find(WorkspaceId workspace, ApiKeyId id) {
        return store.inStatement(handle ->
                handle.createQuery(BY_ID)
                        .bind("workspace", workspace.value())
                        .bind("id", id.value())
                        .map((row, _) -> key(row))
                        .findOne());
    }

    @Override
    public List<ApiKey> lockOwners(WorkspaceId workspace) {
        return store.inStatement(handle ->
                handle.createQuery(LOCK_OWNERS)
                        .bind("workspace", workspace.value())
                        .map((row, _) -> key(row))
                        .list());
    }

    @Override
    public void insert(ApiKey key) {
        store.inStatement(handle -> bound(handle.createUpdate(INSERT), key).execute());
    }

    @Override
    public void update(ApiKey key) {
        store.inStatement(handle -> bound(handle.createUpdate(UPDATE), key).execute());
    }

    @Override
    public List<ApiKey> list(WorkspaceId workspace, Query query) {
        return LISTS.page(store, LIST, workspace, query, (row, _) -> key(row));
    }

    private static <S extends SqlStatement<S>> S bound(S statement, ApiKey key) {
        return statement
                .bind("id", key.id().value())
                .bind("workspace", key.workspace().value())
                .bind("displayName", key.displayName())
                .bind("roles", SqlArrays.texts(key.roles().stream().sorted().toList(), Enum::name))
                .bind("prefix", key.prefix())
                .bind("hash", key.hash().hex())
                .bind("createTime", key.createTime())
                .bind("expireTime", key.expireTime())
                .bind("revokeTime", key.revokeTime());
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                new ApiKeyId(row.getObject("api_key_id", UUID.class)),
                new WorkspaceId(row.getString("workspace_id")),
                row.getString("display_name"),
                roles(row.getArray("roles")),
                row.getString("prefix"),
                new KeyHash(row.getString("hash")),
                RowTimes.time(row, "create_time"),
                RowTimes.optionalTime(row, "expire_time"),
                RowTimes.optionalTime(row, "revoke_time"));
    }

    private static Set<Role> roles(Array names) throws SQLException {
        return Arrays.stream((String[]) names.getArray())
                .map(Role::valueOf)
                .collect(Collectors.toSet());
    }
}
