package io.campanile.application.suppression;

import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.suppression.ManageSuppressions.Entry;
import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.workspace.ExpireTimes;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        List<Suppression> made =
                entries.stream().map(entry -> entry.made(changes.newId(), workspace, now)).toList();
        Map<SuppressionId, Suppression> entered =
                SuppressionEntering.strongest(suppressions, workspace, now)
                        .enter(
                                made.stream()
                                        .filter(entry -> ExpireTimes.mayBe(entry.expireTime(), now))
                                        .toList());
        List<ImportedEntry> reports = new ArrayList<>(entries.size());
        for (int row = 0; row < entries.size(); row++) {
            Suppression standing = entered.get(made.get(row).id());
            reports.add(entries.get(row).imported(standing == null ? null : standing.name(), now));
        }
        long added = entered.values().stream().distinct().count();
        if (added == 0) {
            return Made.nothing(reports);
        }
        changes.record(
                workspace,
                by,
                AuditAction.SUPPRESSIONS_IMPORTED,
                workspace.name(),
                "added " + added,
                now);
        return Made.effective(reports);
    }
}
