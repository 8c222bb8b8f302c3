package io.campanile.persistence.erasure;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Predicate;

/// What single erasures failed of, while the others went on. Not thread-safe.
final class Failures {
    private @Nullable RuntimeException last;

    /// Those that a step succeeded for.
    List<ErasureRows.Pending> without(
            List<ErasureRows.Pending> all, Predicate<ErasureRows.Pending> step) {
        return without(all, step, _ -> false);
    }

    /// Those that a step succeeded for, unless it fails for a reason that concerns all: that
    /// failure is thrown on.
    ///
    /// @param ofAll whether what was thrown concerns all and not a single one
    List<ErasureRows.Pending> without(
            List<ErasureRows.Pending> all,
            Predicate<ErasureRows.Pending> step,
            Predicate<RuntimeException> ofAll) {
        return all.stream().filter(pending -> succeeds(pending, step, ofAll)).toList();
    }

    private boolean succeeds(
            ErasureRows.Pending pending,
            Predicate<ErasureRows.Pending> step,
            Predicate<RuntimeException> ofAll) {
        try {
            return step.test(pending);
        } catch (RuntimeException e) {
            if (ofAll.test(e)) {
                throw e;
            }
            last = e;
            return false;
        }
    }

    void rethrow() {
        if (last != null) {
            throw last;
        }
    }
}
