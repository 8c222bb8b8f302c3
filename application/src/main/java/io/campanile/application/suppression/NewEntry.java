package io.campanile.application.suppression;

import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.ExpireTimes;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// An entry to be put on one of the lists.
interface NewEntry {
    SuppressionTarget target();

    /// From when on it is to have no effect; never when absent.
    @Nullable Instant expireTime();

    default boolean mayBeMade(Instant now) {
        return ExpireTimes.mayBe(expireTime(), now);
    }

    /// What became of it.
    ///
    /// @param name the full name of what stands on the list because of it, if anything does
    default ImportedEntry imported(@Nullable String name, Instant now) {
        if (!mayBeMade(now)) {
            return new ImportedEntry.ExpireTimeOutOfRange();
        }
        return name == null ? new ImportedEntry.Kept() : new ImportedEntry.Added(name);
    }
}
