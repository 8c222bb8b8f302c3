package io.campanile.application.query;

import java.util.Optional;
import java.util.UUID;

/// UUIDs as names have them.
public final class CanonicalUuid {
    private CanonicalUuid() {}

    /// Only in the one form that we write: Java takes `1-2-3-4-5` and upper case, too.
    public static Optional<UUID> parse(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
