package io.campanile.domain.message;

import java.util.UUID;

/// A UUIDv7 (RFC 9562): its time is the time of acceptance, its order the order of acceptance.
public record MessageId(UUID value) implements Comparable<MessageId> {
    /// Unsigned, as PostgreSQL compares uuids; [UUID#compareTo] is signed.
    @Override
    public int compareTo(MessageId other) {
        int high =
                Long.compareUnsigned(
                        value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
