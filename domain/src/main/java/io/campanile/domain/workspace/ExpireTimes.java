package io.campanile.domain.workspace;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// When keys and entries of lists may expire.
public final class ExpireTimes {
    /// RFC 3339, and so CSV and protobuf, ends with the year 9999. The fractions of its last second
    /// are left out: stores round, and would make the year 10000 of them.
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private ExpireTimes() {}

    /// Whether what is made now may expire at that time.
    ///
    /// @param expireTime never when absent
    public static boolean mayBe(@Nullable Instant expireTime, Instant now) {
        return expireTime == null || (expireTime.isAfter(now) && !expireTime.isAfter(LATEST));
    }
}
