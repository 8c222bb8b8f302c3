package io.campanile.testkit.store;

import io.campanile.application.store.RequestId;
import io.campanile.application.store.port.LoggedRequest;
import io.campanile.application.store.port.RequestLog;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Request ids in a map.
public final class InMemoryRequestLog implements RequestLog {
    private final Map<Key, LoggedRequest> requests = new ConcurrentHashMap<>();

    private record Key(WorkspaceId workspace, String requestId) {}

    @Override
    public Optional<LoggedRequest> take(LoggedRequest request) {
        return Optional.ofNullable(
                requests.putIfAbsent(key(request.workspace(), request.id()), request));
    }

    @Override
    public void giveBack(WorkspaceId workspace, RequestId id) {
        requests.remove(key(workspace, id));
    }

    @Override
    public int forget(Instant before, int limit) {
        List<Key> old =
                requests.entrySet().stream()
                        .filter(entry -> entry.getValue().createTime().isBefore(before))
                        .map(Map.Entry::getKey)
                        .limit(limit)
                        .toList();
        old.forEach(requests::remove);
        return old.size();
    }

    private static Key key(WorkspaceId workspace, RequestId id) {
        return new Key(workspace, id.value());
    }
}
