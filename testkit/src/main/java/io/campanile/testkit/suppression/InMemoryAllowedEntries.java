package io.campanile.testkit.suppression;

import io.campanile.application.query.Query;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryList;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The allowed list in a map.
public final class InMemoryAllowedEntries implements AllowedEntries {
    private static final InMemoryList<AllowedEntry> LIST =
            new InMemoryList<>(InMemoryAllowedEntries::field, AllowedEntries.FIELDS);

    private final Map<Key, AllowedEntry> entries = new ConcurrentHashMap<>();

    private record Key(WorkspaceId workspace, SuppressionTarget target) {}

    @Override
    public Optional<AllowedEntry> find(WorkspaceId workspace, AllowedEntryId id) {
        return of(workspace).stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    @Override
    public Optional<AllowedEntry> find(WorkspaceId workspace, SuppressionTarget target) {
        return Optional.ofNullable(entries.get(new Key(workspace, target)));
    }

    @Override
    public Set<AllowedEntryId> insertAll(List<AllowedEntry> added, Instant now) {
        Set<AllowedEntryId> ids = new HashSet<>();
        for (AllowedEntry next : added) {
            entries.compute(
                    new Key(next.workspace(), next.target()),
                    (_, existing) -> {
                        if (existing != null && existing.isInForce(now)) {
                            return existing;
                        }
                        ids.add(next.id());
                        return next;
                    });
        }
        return ids;
    }

    @Override
    public boolean delete(WorkspaceId workspace, AllowedEntryId id) {
        return entries.values()
                .removeIf(entry -> entry.workspace().equals(workspace) && entry.id().equals(id));
    }

    @Override
    public int forget(Instant before, int limit) {
        return ExpiredEntries.forget(entries.values(), AllowedEntry::expireTime, before, limit);
    }

    @Override
    public List<AllowedEntry> list(WorkspaceId workspace, Query query) {
        return LIST.page(of(workspace), query);
    }

    private List<AllowedEntry> of(WorkspaceId workspace) {
        return entries.values().stream()
                .filter(entry -> entry.workspace().equals(workspace))
                .toList();
    }

    private static @Nullable Object field(AllowedEntry entry, String field) {
        return switch (field) {
            case "create_time" -> entry.createTime();
            case "expire_time" -> entry.expireTime();
            case "target" -> entry.target().value();
            default -> throw new IllegalArgumentException(field);
        };
    }
}
