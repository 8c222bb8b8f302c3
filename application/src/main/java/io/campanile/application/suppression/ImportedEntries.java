package io.campanile.application.suppression;

import io.campanile.domain.suppression.SuppressionTarget;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the imports of both lists have in common.
final class ImportedEntries {
    private ImportedEntries() {}

    /// Of the entries that may be made the first for each target; the others find it there.
    static <E extends NewEntry> List<E> firstOfEach(List<E> entries, Instant now) {
        Map<SuppressionTarget, E> first = new LinkedHashMap<>();
        for (E entry : entries) {
            if (entry.mayBeMade(now)) {
                first.putIfAbsent(entry.target(), entry);
            }
        }
        return List.copyOf(first.values());
    }

    /// What became of each entry, in order.
    ///
    /// @param added the full names of what was added
    static List<ImportedEntry> reports(
            List<? extends NewEntry> entries, Map<SuppressionTarget, String> added, Instant now) {
        Map<SuppressionTarget, String> untold = new HashMap<>(added);
        List<ImportedEntry> reports = new ArrayList<>(entries.size());
        for (NewEntry entry : entries) {
            if (entry.mayBeMade(now)) {
                String name = untold.remove(entry.target());
                reports.add(
                        name == null ? new ImportedEntry.Kept() : new ImportedEntry.Added(name));
            } else {
                reports.add(new ImportedEntry.ExpireTimeOutOfRange());
            }
        }
        return reports;
    }
}
