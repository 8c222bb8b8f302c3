package io.campanile.domain.schema;

/// One attribute that people may have.
///
/// @param path names with dots between them, such as `address.city`; all but the last are maps
public record AttributeDefinition(String path, AttributeType type) {
    boolean isWithin(String map) {
        return path.startsWith(map + ".");
    }

    /// Whether no value can be as both say.
    boolean contradicts(AttributeDefinition other) {
        return path.equals(other.path)
                || (isWithin(other.path) && other.type != AttributeType.MAP)
                || (other.isWithin(path) && type != AttributeType.MAP);
    }
}
