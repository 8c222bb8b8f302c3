package io.campanile.persistence;

import java.time.Instant;
import java.util.UUID;

/// The time inside a UUIDv7 (RFC 9562): its first 48 bits are milliseconds since 1970.
public final class UuidTimes {
    /// No id is before it, as PostgreSQL compares them.
    public static final UUID LOWEST = new UUID(0, 0);

    /// No id is behind it.
    public static final UUID HIGHEST = new UUID(-1, -1);

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.ofEpochMilli((1L << 48) - 1);

    private UuidTimes() {}

    /// The smallest id of that millisecond or later, as PostgreSQL compares ids. For a time that no
    /// id can have, this is the first or the last millisecond that ids can have.
    public static UUID lowest(Instant time) {
        return new UUID(within(time).toEpochMilli() << 16, 0);
    }

    private static Instant within(Instant time) {
        Instant notBefore = time.isBefore(FIRST) ? FIRST : time;
        return notBefore.isAfter(LAST) ? LAST : notBefore;
    }

    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
