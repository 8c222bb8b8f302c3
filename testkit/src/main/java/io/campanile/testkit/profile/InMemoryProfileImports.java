package io.campanile.testkit.profile;

import io.campanile.application.profile.port.ProfileImports;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How far imports came, in a map. Locks nothing: [io.campanile.testkit.store.InMemoryTransactions]
/// runs one transaction at a time.
public final class InMemoryProfileImports implements ProfileImports {
    private record Key(WorkspaceId workspace, String importId) {}

    private record Taken(long rows, Instant time) {}

    private final Map<Key, Taken> imports = new ConcurrentHashMap<>();

    @Override
    public long lock(WorkspaceId workspace, String importId, Instant now) {
        return imports.computeIfAbsent(new Key(workspace, importId), _ -> new Taken(0, now)).rows();
    }

    @Override
    public void advance(WorkspaceId workspace, String importId, long taken, Instant now) {
        imports.put(new Key(workspace, importId), new Taken(taken, now));
    }

    @Override
    public int forget(Instant before, int limit) {
        List<Key> old =
                imports.entrySet().stream()
                        .filter(entry -> entry.getValue().time().isBefore(before))
                        .map(Map.Entry::getKey)
                        .limit(limit)
                        .toList();
        old.forEach(imports::remove);
        return old.size();
    }
}
