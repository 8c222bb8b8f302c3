package io.campanile.application.suppression;

import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.suppression.ManageAllowedEntries.Entry;
import io.campanile.application.suppression.port.AllowedEntries;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Puts many targets on the allowed list at once. Repeating it changes nothing more. Thread-safe.
public final class ImportAllowedEntries {
    private final AllowedEntries allowed;
    private final Changes changes;

    public ImportAllowedEntries(AllowedEntries allowed, Changes changes) {
        this.allowed = allowed;
        this.changes = changes;
    }

    /// Adds what is not on the list, in one transaction, with one audit entry.
    ///
    /// @return what became of each, in order
    public List<ImportedEntry> add(WorkspaceId workspace, List<Entry> entries, Actor by) {
        return changes.make(now -> add(workspace, entries, by, now));
    }

    private Made<List<ImportedEntry>> add(
            WorkspaceId workspace, List<Entry> entries, Actor by, Instant now) {
        List<AllowedEntry> wanted =
                ImportedEntries.firstOfEach(entries, now).stream()
                        .map(entry -> entry.made(changes.newId(), workspace, now))
                        .toList();
        Set<AllowedEntryId> ids = allowed.insertAll(wanted, now);
        Map<SuppressionTarget, String> added =
                wanted.stream()
                        .filter(entry -> ids.contains(entry.id()))
                        .collect(Collectors.toMap(AllowedEntry::target, AllowedEntry::name));
        List<ImportedEntry> reports = ImportedEntries.reports(entries, added, now);
        if (added.isEmpty()) {
            return Made.nothing(reports);
        }
        changes.record(
                workspace,
                by,
                AuditAction.ALLOWED_ENTRIES_IMPORTED,
                "workspaces/" + workspace,
                "added " + added.size(),
                now);
        return Made.effective(reports);
    }
}
