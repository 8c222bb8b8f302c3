package io.campanile.persistence;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Times that somebody compares with what is stored.
public final class SqlTimes {
    // Nothing is stored beyond these, and PostgreSQL knows no times much further out.
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private SqlTimes() {}

    /// Whether the time can be stored, and is none of those that stand for all beyond.
    public static boolean isWithin(Instant time) {
        return time.isAfter(EARLIEST) && time.isBefore(LATEST);
    }

    /// The time, or the one that compares in the same way and that PostgreSQL knows.
    public static Instant comparable(Instant time) {
        Instant notBefore = time.isBefore(EARLIEST) ? EARLIEST : time;
        return notBefore.isAfter(LATEST) ? LATEST : notBefore;
    }

    /// As [#comparable], or null for null.
    public static @Nullable Instant optionalComparable(@Nullable Instant time) {
        return time == null ? null : comparable(time);
    }
}
