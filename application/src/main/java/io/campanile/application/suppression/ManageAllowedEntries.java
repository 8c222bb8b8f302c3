package io.campanile.application.suppression;

import io.campanile.application.access.ChangeCall;
import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Change;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.query.Filter;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What people and services do with the allowed list. Every change counts for the next decision on
/// every node. Thread-safe.
public final class ManageAllowedEntries {
    private final AllowedEntries entries;
    private final Changes changes;

    public ManageAllowedEntries(AllowedEntries entries, Changes changes) {
        this.entries = entries;
        this.changes = changes;
    }

    /// An entry to be made.
    ///
    /// @param expireTime never when absent
    public record Entry(SuppressionTarget target, String note, @Nullable Instant expireTime)
            implements NewEntry {
        AllowedEntry made(UUID id, WorkspaceId workspace, Instant now) {
            return new AllowedEntry(
                    new AllowedEntryId(id), workspace, target, note, now, expireTime);
        }

        @Override
        public String toString() {
            return target.masked();
        }
    }

    /// Puts a target on the list, in place of an entry for it that has expired.
    public AllowedEntryResult create(WorkspaceId workspace, Entry wanted, ChangeCall call) {
        var id = new AllowedEntryId(changes.newId());
        return changes.make(
                call,
                workspace,
                id.nameIn(workspace),
                new Change<>(
                        now -> insert(workspace, id, wanted, call, now),
                        earlier -> current(workspace, AllowedEntryId.named(earlier)),
                        AllowedEntryResult.RequestIdReused::new));
    }

    public Optional<AllowedEntry> get(WorkspaceId workspace, AllowedEntryId id) {
        return entries.find(workspace, id);
    }

    public Page<AllowedEntry> list(WorkspaceId workspace, ListRequest request) {
        return Page.of(
                request,
                AllowedEntries.FIELDS,
                query -> entries.list(workspace, query.with(asked(query.filter()))));
    }

    private static Filter asked(Filter filter) {
        return filter.reworded("target", SuppressionTarget::compared);
    }

    /// Takes a target off the list.
    public AllowedEntryResult delete(WorkspaceId workspace, AllowedEntryId id, ChangeCall call) {
        return changes.make(now -> delete(workspace, id, call, now));
    }

    private Made<AllowedEntryResult> insert(
            WorkspaceId workspace, AllowedEntryId id, Entry wanted, ChangeCall call, Instant now) {
        if (!wanted.mayBeMade(now)) {
            return Made.nothing(new AllowedEntryResult.ExpireTimeOutOfRange());
        }
        AllowedEntry entry = wanted.made(id.value(), workspace, now);
        Optional<AllowedEntry> existing = entries.find(entry.workspace(), entry.target());
        if (existing.isPresent() && existing.get().isInForce(now)) {
            return Made.nothing(new AllowedEntryResult.Exists(existing.get()));
        }
        if (call.validateOnly()) {
            return Made.nothing(new AllowedEntryResult.Done(entry));
        }
        if (entries.insertAll(List.of(entry), now).isEmpty()) {
            // Somebody else was faster by a moment.
            return entries.find(entry.workspace(), entry.target())
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
        return Made.effective(new AllowedEntryResult.Done(entry));
    }

    private AllowedEntryResult current(WorkspaceId workspace, AllowedEntryId id) {
        return entries.find(workspace, id)
                .<AllowedEntryResult>map(AllowedEntryResult.Done::new)
                .orElseGet(() -> new AllowedEntryResult.NotFound(workspace, id));
    }

    private Made<AllowedEntryResult> delete(
            WorkspaceId workspace, AllowedEntryId id, ChangeCall call, Instant now) {
        Optional<AllowedEntry> entry = entries.find(workspace, id);
        if (entry.isEmpty()) {
            return Made.nothing(new AllowedEntryResult.NotFound(workspace, id));
        }
        if (call.validateOnly()) {
            return Made.nothing(new AllowedEntryResult.Done(entry.get()));
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
        return Made.effective(new AllowedEntryResult.Done(entry.get()));
    }
}
