package io.campanile.application.suppression;

import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.suppression.ManageSuppressions.Entry;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts many targets on the list at once. Repeating it changes nothing more. Thread-safe.
public final class ImportSuppressions {
    private final Suppressions suppressions;
    private final Changes changes;

    public ImportSuppressions(Suppressions suppressions, Changes changes) {
        this.suppressions = suppressions;
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
        Map<SuppressionTarget, Suppression> wanted = wanted(workspace, entries, now);
        Set<SuppressionId> added = suppressions.insertAll(List.copyOf(wanted.values()), now);
        List<ImportedEntry> imported = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            imported.add(
                    entry.mayBeMade(now)
                            ? imported(wanted.remove(entry.target()), added)
                            : new ImportedEntry.ExpireTimeOutOfRange());
        }
        if (added.isEmpty()) {
            return Made.nothing(imported);
        }
        changes.record(
                workspace,
                by,
                AuditAction.SUPPRESSIONS_IMPORTED,
                "workspaces/" + workspace,
                "added " + added.size(),
                now);
        return Made.effective(imported);
    }

    /// @param first the entry of a target, when it is the first; the others find it there
    private static ImportedEntry imported(@Nullable Suppression first, Set<SuppressionId> added) {
        return first != null && added.contains(first.id())
                ? new ImportedEntry.Added(first.id())
                : new ImportedEntry.Kept();
    }

    /// The first entry of each target that may be made.
    private Map<SuppressionTarget, Suppression> wanted(
            WorkspaceId workspace, List<Entry> entries, Instant now) {
        Map<SuppressionTarget, Suppression> wanted = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.mayBeMade(now)) {
                wanted.computeIfAbsent(
                        entry.target(), _ -> entry.made(changes.newId(), workspace, now));
            }
        }
        return wanted;
    }
}
