package io.campanile.application.access.port;

import io.campanile.application.query.ListFields;
import io.campanile.application.query.Query;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.access.ApiKey;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.access.KeyHash;
import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;
import java.util.Optional;

/// API keys, without their secrets. Thread-safe; joins the running transaction, if any; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface ApiKeys {
    /// What lists can be filtered and ordered by. `role = OWNER` finds keys that have the role,
    /// whatever else they have.
    ListFields<ApiKey> FIELDS =
            ListFields.<ApiKey>orderedBy(
                            new SortOrder("create_time", true), key -> key.id().toString())
                    .sortableTime("create_time", ApiKey::createTime)
                    .text("display_name")
                    .time("expire_time")
                    .time("revoke_time")
                    .choice("role", Role.class)
                    .build();

    Optional<ApiKey> find(KeyHash hash);

    Optional<ApiKey> find(WorkspaceId workspace, ApiKeyId id);

    /// Every key of the workspace with the role `owner` that was not revoked, locked until the end
    /// of the running transaction.
    List<ApiKey> lockOwners(WorkspaceId workspace);

    /// Adds a key.
    ///
    /// @throws IllegalStateException when id or hash are taken
    void insert(ApiKey key);

    /// Replaces the key with the same id.
    void update(ApiKey key);

    /// Fields: see [#FIELDS].
    List<ApiKey> list(WorkspaceId workspace, Query query);
}
