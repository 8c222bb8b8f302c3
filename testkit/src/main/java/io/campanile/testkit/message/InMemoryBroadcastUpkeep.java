package io.campanile.testkit.message;

import io.campanile.application.broadcast.port.BroadcastUpkeep;
import io.campanile.domain.message.ExecutionId;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Upkeep of broadcasts in memory.
final class InMemoryBroadcastUpkeep implements BroadcastUpkeep {
    private final InMemoryStore store;

    InMemoryBroadcastUpkeep(InMemoryStore store) {
        this.store = store;
    }

    /// What has settled is counted anew each time.
    @Override
    public void addUp(int rows) {
        store.requireThere();
    }

    /// Members are part of their broadcast here.
    @Override
    public int forgetMembers(int limit) {
        store.requireThere();
        return 0;
    }

    @Override
    public int forget(Instant before, Instant expiredBefore, int limit) {
        synchronized (store) {
            store.requireThere();
            List<ExecutionId> old =
                    store.broadcasts.entrySet().stream()
                            .filter(entry -> !entry.getValue().state.isUnfinished())
                            .map(Map.Entry::getKey)
                            .filter(id -> store.execution(id).createTime().isBefore(before))
                            .filter(id -> store.execution(id).expireTime().isBefore(expiredBefore))
                            .filter(id ->
                                    store.messages.values().stream()
                                            .noneMatch(row -> row.execution.id().equals(id)))
                            .limit(limit)
                            .toList();
            old.forEach(store.broadcasts::remove);
            return old.size();
        }
    }
}
