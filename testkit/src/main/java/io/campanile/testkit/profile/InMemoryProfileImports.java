package io.campanile.testkit.profile;

import io.campanile.application.profile.port.ProfileImports;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How far imports came, in a map. Locks nothing: [io.campanile.testkit.store.InMemoryTransactions]
/// runs one transaction at a time.
public final class InMemoryProfileImports implements ProfileImports {
    private record Key(WorkspaceId workspace, String importId) {}

    private final Map<Key, Long> rows = new ConcurrentHashMap<>();

    @Override
    public long lock(WorkspaceId workspace, String importId, Instant now) {
        return rows.getOrDefault(new Key(workspace, importId), 0L);
    }

    @Override
    public void advance(WorkspaceId workspace, String importId, long taken, Instant now) {
        rows.put(new Key(workspace, importId), taken);
    }
}
