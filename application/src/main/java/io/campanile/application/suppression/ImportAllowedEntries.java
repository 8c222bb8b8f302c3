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
import java.util.HashMap;
import java.util.LinkedHashMap;
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
                firstOfEach(entries, now).stream()
                        .map(entry -> entry.made(changes.newId(), workspace, now))
                        .toList();
        Set<AllowedEntryId> ids = allowed.insertAll(wanted, now);
        Map<SuppressionTarget, String> added =
                wanted.stream()
                        .filter(entry -> ids.contains(entry.id()))
                        .collect(Collectors.toMap(AllowedEntry::target, AllowedEntry::name));
        List<ImportedEntry> reports = reports(entries, added, now);
        if (added.isEmpty()) {
            return Made.nothing(reports);
        }
        changes.record(
                workspace,
                by,
                AuditAction.ALLOWED_ENTRIES_IMPORTED,
                workspace.name(),
                "added " + added.size(),
                now);
        return Made.effective(reports);
    }

    /// The first of the entries for each target. Later ones find it on the list, where an entry
    /// stays as it is, even if they would last longer.
    private static List<Entry> firstOfEach(List<Entry> entries, Instant now) {
        Map<SuppressionTarget, Entry> first = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.mayBeMade(now)) {
                first.putIfAbsent(entry.target(), entry);
            }
        }
        return List.copyOf(first.values());
    }

    /// What became of each entry, in order.
    ///
    /// @param added the full names of what was added
    private static List<ImportedEntry> reports(
            List<Entry> entries, Map<SuppressionTarget, String> added, Instant now) {
        Map<SuppressionTarget, String> untold = new HashMap<>(added);
        return entries.stream()
                .map(entry -> {
                    String name = entry.mayBeMade(now) ? untold.remove(entry.target()) : null;
                    return entry.imported(name, now);
                })
                .toList();
    }
}
