package io.campanile.domain.schema;

import org.jspecify.annotations.Nullable;

/// An attribute that is not as a schema says. Never holds the value.
///
/// @param path such as `address.city`
/// @param expected the type it must have; absent when there must be no such attribute
/// @param actual the type it has
public record AttributeViolation(
        String path, @Nullable AttributeType expected, AttributeType actual) {

    /// For people, after the path.
    public String description() {
        return expected == null
                ? "is no attribute of the workspace's schema"
                : "must be a %s by the workspace's schema, not a %s".formatted(expected, actual);
    }
}
