package io.campanile.domain.workspace;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// When keys and entries of lists may expire.
public final class ExpireTimes {
    /// The latest time that can be written in RFC 3339, as CSV and protobuf do: its years end with
    /// 9999. The fractions of the last second are left out, because the store rounds, and would
    /// make the year 10000 of them.
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private ExpireTimes() {}

    /// Whether what is made now may expire at that time.
    ///
    /// @param expireTime never when absent
    public static boolean mayBe(@Nullable Instant expireTime, Instant now) {
        return expireTime == null || (expireTime.isAfter(now) && !expireTime.isAfter(LATEST));
    }
}
