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
import java.util.HashSet;
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
        List<Suppression> wanted =
                ImportedEntries.firstOfEach(entries, now).stream()
                        .map(entry -> entry.made(changes.newId(), workspace, now))
                        .toList();
        Map<SuppressionTarget, String> added = insert(workspace, wanted, now);
        List<ImportedEntry> reports = ImportedEntries.reports(entries, added, now);
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

    /// The names of those that are on the list now.
    private Map<SuppressionTarget, String> insert(
            WorkspaceId workspace, List<Suppression> wanted, Instant now) {
        Map<SuppressionTarget, Suppression> known =
                suppressions.find(workspace, wanted.stream().map(Suppression::target).toList());
        List<Suppression> stronger = new ArrayList<>(wanted.size());
        Set<SuppressionId> weaker = new HashSet<>();
        for (Suppression entry : wanted) {
            Suppression existing = known.get(entry.target());
            if (existing == null) {
                stronger.add(entry);
            } else {
                existing.strengthenedBy(entry, now)
                        .ifPresent(both -> {
                            stronger.add(both);
                            weaker.add(existing.id());
                        });
            }
        }
        Set<SuppressionId> added = suppressions.insertAll(stronger, weaker, now);
        return stronger.stream()
                .filter(entry -> added.contains(entry.id()))
                .collect(Collectors.toMap(Suppression::target, Suppression::name));
    }
}
