package io.campanile.persistence;

import java.time.Instant;
import java.util.UUID;

/// The time inside a UUIDv7 (RFC 9562): its first 48 bits are milliseconds since 1970.
public final class UuidTimes {
    private UuidTimes() {}

    /// The smallest id of that millisecond or later, as PostgreSQL compares them.
    public static UUID lowest(Instant time) {
        return new UUID(time.toEpochMilli() << 16, 0);
    }

    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
