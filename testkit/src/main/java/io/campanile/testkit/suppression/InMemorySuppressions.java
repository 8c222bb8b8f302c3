package io.campanile.testkit.suppression;

import io.campanile.application.query.Query;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryList;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The suppression list in a map.
public final class InMemorySuppressions implements Suppressions {
    private static final InMemoryList<Suppression> LIST =
            new InMemoryList<>(InMemorySuppressions::field, Suppressions.FIELDS);

    private final Map<Key, Suppression> entries = new ConcurrentHashMap<>();

    private record Key(WorkspaceId workspace, SuppressionTarget target) {}

    @Override
    public Optional<Suppression> find(WorkspaceId workspace, SuppressionId id) {
        return of(workspace).stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Suppression> find(WorkspaceId workspace, SuppressionTarget target) {
        return Optional.ofNullable(entries.get(new Key(workspace, target)));
    }

    @Override
    public Map<SuppressionTarget, Suppression> find(
            WorkspaceId workspace, Collection<SuppressionTarget> targets) {
        return of(workspace).stream()
                .filter(entry -> targets.contains(entry.target()))
                .collect(Collectors.toMap(Suppression::target, entry -> entry));
    }

    @Override
    public Set<SuppressionId> insertAll(
            List<Suppression> suppressions, Set<SuppressionId> replaced, Instant now) {
        Set<SuppressionId> added = new HashSet<>();
        for (Suppression next : suppressions) {
            entries.compute(
                    new Key(next.workspace(), next.target()),
                    (_, existing) -> {
                        if (existing != null
                                && existing.isInForce(now)
                                && !replaced.contains(existing.id())) {
                            return existing;
                        }
                        added.add(next.id());
                        return next;
                    });
        }
        return added;
    }

    @Override
    public boolean delete(WorkspaceId workspace, SuppressionId id) {
        return entries.values()
                .removeIf(entry -> entry.workspace().equals(workspace) && entry.id().equals(id));
    }

    @Override
    public int forget(Instant before, int limit) {
        return ExpiredEntries.forget(entries.values(), Suppression::expireTime, before, limit);
    }

    @Override
    public List<Suppression> list(WorkspaceId workspace, Query query) {
        return LIST.page(of(workspace), query);
    }

    private List<Suppression> of(WorkspaceId workspace) {
        return entries.values().stream()
                .filter(entry -> entry.workspace().equals(workspace))
                .toList();
    }

    private static @Nullable Object field(Suppression entry, String field) {
        return switch (field) {
            case "create_time" -> entry.createTime();
            case "expire_time" -> entry.expireTime();
            case "target" -> entry.target().value();
            case "reason" -> entry.reason().name();
            default -> throw new IllegalArgumentException(field);
        };
    }
}
