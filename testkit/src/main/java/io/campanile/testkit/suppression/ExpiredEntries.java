package io.campanile.testkit.suppression;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// What both lists do with entries whose time is over.
final class ExpiredEntries {
    private ExpiredEntries() {}

    /// Takes out at most `limit` that expired before a time.
    ///
    /// @return how many
    static <E> int forget(
            Collection<E> entries,
            Function<E, @Nullable Instant> expireTime,
            Instant before,
            int limit) {
        List<E> expired =
                entries.stream()
                        .filter(entry -> isBefore(expireTime.apply(entry), before))
                        .limit(limit)
                        .toList();
        entries.removeAll(expired);
        return expired.size();
    }

    private static boolean isBefore(@Nullable Instant expireTime, Instant before) {
        return expireTime != null && expireTime.isBefore(before);
    }
}
