package io.campanile.testkit.suppression;

import io.campanile.application.suppression.port.Suppressions;
import io.campanile.domain.suppression.Suppression;

import java.util.List;
import java.util.Set;

/// Puts entries on a suppression list.
public final class SuppressionEntries {
    private SuppressionEntries() {}

    /// Adds one as it is when it is created.
    ///
    /// @return false when the target has an entry that is in force
    public static boolean enter(Suppressions list, Suppression entry) {
        return !list.insertAll(List.of(entry), Set.of(), entry.createTime()).isEmpty();
    }
}
