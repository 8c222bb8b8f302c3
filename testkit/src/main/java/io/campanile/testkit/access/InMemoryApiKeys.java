package io.campanile.testkit.access;

import io.campanile.application.access.port.ApiKeys;
import io.campanile.application.query.Query;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.access.ApiKey;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.access.KeyHash;
import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryList;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keys in a map; locks nothing.
public final class InMemoryApiKeys implements ApiKeys {
    private static final InMemoryList<ApiKey> LIST =
            new InMemoryList<>(InMemoryApiKeys::field, ApiKeys.FIELDS);

    private final Map<ApiKeyId, ApiKey> byId = new ConcurrentHashMap<>();
    private volatile boolean away;

    /// Makes it find nobody's key, as a database that cannot be reached, or find them again.
    public void beAway(boolean away) {
        this.away = away;
    }

    @Override
    public Optional<ApiKey> find(KeyHash hash) {
        if (away) {
            throw new StoreUnavailable("away", new IllegalStateException("as the test asked"));
        }
        return byId.values().stream().filter(key -> key.hash().equals(hash)).findFirst();
    }

    @Override
    public Optional<ApiKey> find(WorkspaceId workspace, ApiKeyId id) {
        return Optional.ofNullable(byId.get(id)).filter(key -> key.workspace().equals(workspace));
    }

    @Override
    public List<ApiKey> lockOwners(WorkspaceId workspace) {
        return byId.values().stream()
                .filter(key -> key.workspace().equals(workspace))
                .filter(key -> key.isOwner() && key.revokeTime() == null)
                .toList();
    }

    @Override
    public synchronized void insert(ApiKey key) {
        if (find(key.hash()).isPresent() || byId.putIfAbsent(key.id(), key) != null) {
            throw new IllegalStateException("taken: key " + key.id());
        }
    }

    @Override
    public void update(ApiKey key) {
        byId.put(key.id(), key);
    }

    @Override
    public List<ApiKey> list(WorkspaceId workspace, Query query) {
        List<ApiKey> own =
                byId.values().stream().filter(key -> key.workspace().equals(workspace)).toList();
        return LIST.page(own, query);
    }

    private static @Nullable Object field(ApiKey key, String field) {
        return switch (field) {
            case "create_time" -> key.createTime();
            case "expire_time" -> key.expireTime();
            case "revoke_time" -> key.revokeTime();
            case "display_name" -> key.displayName();
            case "role" -> key.roles().stream().map(Role::name).toList();
            default -> throw new IllegalArgumentException(field);
        };
    }
}
