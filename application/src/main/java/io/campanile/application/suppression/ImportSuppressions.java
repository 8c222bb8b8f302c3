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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Puts many targets on the list at once. Repeating it changes nothing more. Thread-safe.
public final class ImportSuppressions {
    private final Suppressions suppressions;
    private final Changes changes;

    public ImportSuppressions(Suppressions suppressions, Changes changes) {
        this.suppressions = suppressions;
        this.changes = changes;
    }

    /// Adds what is not on the list, or stands there weaker, in one transaction, with one audit
    /// entry.
    ///
    /// @return what became of each, in order
    public List<ImportedEntry> add(WorkspaceId workspace, List<Entry> entries, Actor by) {
        return changes.make(now -> add(workspace, entries, by, now));
    }

    private Made<List<ImportedEntry>> add(
            WorkspaceId workspace, List<Entry> entries, Actor by, Instant now) {
        List<SuppressionTarget> targets = entries.stream().map(Entry::target).toList();
        var list = new StrengthenedList(suppressions.find(workspace, targets), now);
        List<Boolean> strengthening = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            strengthening.add(
                    entry.mayBeMade(now) && list.add(entry.made(changes.newId(), workspace, now)));
        }
        Map<SuppressionTarget, String> added = insert(list, now);
        List<ImportedEntry> reports = new ArrayList<>(entries.size());
        for (int row = 0; row < entries.size(); row++) {
            Entry entry = entries.get(row);
            String name = strengthening.get(row) ? added.get(entry.target()) : null;
            reports.add(entry.imported(name, now));
        }
        if (added.isEmpty()) {
            return Made.nothing(reports);
        }
        changes.record(
                workspace,
                by,
                AuditAction.SUPPRESSIONS_IMPORTED,
                "workspaces/" + workspace,
                "added " + added.size(),
                now);
        return Made.effective(reports);
    }

    /// The names of those that are on the list now: somebody else may have been faster.
    private Map<SuppressionTarget, String> insert(StrengthenedList list, Instant now) {
        Set<SuppressionId> added = suppressions.insertAll(list.stronger(), list.weaker(), now);
        return list.stronger().stream()
                .filter(entry -> added.contains(entry.id()))
                .collect(Collectors.toMap(Suppression::target, Suppression::name));
    }
}
