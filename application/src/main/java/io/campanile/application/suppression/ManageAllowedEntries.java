package io.campanile.application.suppression;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Optional;

/// What people and services do with the allowed list. Every change counts for the next decision on
/// every node. Thread-safe.
public final class ManageAllowedEntries {
    private final AllowedEntries entries;
    private final Changes changes;

    public ManageAllowedEntries(AllowedEntries entries, Changes changes) {
        this.entries = entries;
        this.changes = changes;
    }

    /// Puts a target on the list.
    public AllowedEntryResult create(
            WorkspaceId workspace, SuppressionTarget target, String note, ChangeCall call) {
        var id = new AllowedEntryId(changes.newId());
        return changes.make(
                call,
                workspace,
                id.nameIn(workspace),
                new Changes.Change<>() {
                    @Override
                    public Made<AllowedEntryResult> make(Instant now) {
                        var entry = new AllowedEntry(id, workspace, target, note, now);
                        return insert(entry, call, now);
                    }

                    @Override
                    public AllowedEntryResult repeated(String resource) {
                        AllowedEntryId earlier = AllowedEntryId.named(resource);
                        return entries.find(workspace, earlier)
                                .<AllowedEntryResult>map(AllowedEntryResult.Created::new)
                                .orElseGet(
                                        () -> new AllowedEntryResult.NotFound(workspace, earlier));
                    }

                    @Override
                    public AllowedEntryResult requestIdReused() {
                        return new AllowedEntryResult.RequestIdReused(
                                String.valueOf(call.requestId()));
                    }
                });
    }

    public Optional<AllowedEntry> get(WorkspaceId workspace, AllowedEntryId id) {
        return entries.find(workspace, id);
    }

    public Page<AllowedEntry> list(WorkspaceId workspace, ListRequest request) {
        return Page.of(
                request,
                AllowedEntryLists.FIELDS,
                query -> entries.list(workspace, query),
                AllowedEntryLists::cursor);
    }

    /// Takes a target off the list.
    public AllowedEntryResult delete(WorkspaceId workspace, AllowedEntryId id, ChangeCall call) {
        return changes.make(now -> delete(workspace, id, call, now));
    }

    private Made<AllowedEntryResult> insert(AllowedEntry entry, ChangeCall call, Instant now) {
        Optional<AllowedEntry> existing = entries.find(entry.workspace(), entry.target());
        if (existing.isEmpty() && call.validateOnly()) {
            return Made.nothing(new AllowedEntryResult.Created(entry));
        }
        if (existing.isPresent() || !entries.insert(entry)) {
            // When somebody else was faster by a moment, it is there by now.
            return existing.or(() -> entries.find(entry.workspace(), entry.target()))
                    .<Made<AllowedEntryResult>>map(
                            other -> Made.nothing(new AllowedEntryResult.Exists(other)))
                    .orElseThrow(
                            () -> new IllegalStateException("neither added nor there: " + entry));
        }
        changes.record(
                entry.workspace(),
                call.by(),
                AuditAction.ALLOWED_ENTRY_CREATED,
                entry.name(),
                "",
                now);
        return Made.effective(new AllowedEntryResult.Created(entry));
    }

    private Made<AllowedEntryResult> delete(
            WorkspaceId workspace, AllowedEntryId id, ChangeCall call, Instant now) {
        if (call.validateOnly()) {
            return Made.nothing(
                    entries.find(workspace, id).isPresent()
                            ? new AllowedEntryResult.Deleted()
                            : new AllowedEntryResult.NotFound(workspace, id));
        }
        if (!entries.delete(workspace, id)) {
            return Made.nothing(new AllowedEntryResult.NotFound(workspace, id));
        }
        changes.record(
                workspace,
                call.by(),
                AuditAction.ALLOWED_ENTRY_DELETED,
                id.nameIn(workspace),
                "",
                now);
        return Made.effective(new AllowedEntryResult.Deleted());
    }
}
