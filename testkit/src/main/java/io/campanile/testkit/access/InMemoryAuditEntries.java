package io.campanile.testkit.access;

import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.query.Query;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryList;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The audit trail in a list.
public final class InMemoryAuditEntries implements AuditEntries {
    private static final InMemoryList<AuditEntry> LIST =
            new InMemoryList<>(InMemoryAuditEntries::field, AuditEntries.FIELDS);

    private final List<AuditEntry> entries = new CopyOnWriteArrayList<>();

    /// All entries of all workspaces, in the order they were written.
    public List<AuditEntry> all() {
        return List.copyOf(entries);
    }

    @Override
    public void add(AuditEntry entry) {
        entries.add(entry);
    }

    @Override
    public List<AuditEntry> list(WorkspaceId workspace, Query query) {
        List<AuditEntry> own =
                entries.stream().filter(entry -> entry.workspace().equals(workspace)).toList();
        return LIST.page(own, query);
    }

    @Override
    public int forget(Instant before, int limit) {
        List<AuditEntry> old =
                entries.stream()
                        .filter(entry -> entry.time().isBefore(before))
                        .limit(limit)
                        .toList();
        entries.removeAll(old);
        return old.size();
    }

    private static Object field(AuditEntry entry, String field) {
        return switch (field) {
            case "create_time" -> entry.time();
            case "actor" -> entry.actor().toString();
            case "resource" -> entry.resource();
            case "action" -> entry.action().name();
            default -> throw new IllegalArgumentException(field);
        };
    }
}
