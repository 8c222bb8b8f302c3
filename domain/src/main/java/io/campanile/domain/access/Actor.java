package io.campanile.domain.access;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/// Who did something: a key, or Campanile itself.
///
/// @param key absent for Campanile itself
public record Actor(@Nullable ApiKeyId key) {
    /// The clock, the first start and other doings of the server.
    public static final Actor SYSTEM = new Actor(null);

    private static final String SYSTEM_NAME = "system";

    /// The inverse of [#toString].
    public static Actor parse(String text) {
        return text.equals(SYSTEM_NAME) ? SYSTEM : new Actor(new ApiKeyId(UUID.fromString(text)));
    }

    @Override
    public String toString() {
        return key == null ? SYSTEM_NAME : key.toString();
    }
}
