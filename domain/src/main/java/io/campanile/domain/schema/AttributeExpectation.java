package io.campanile.domain.schema;

import java.util.List;

/// What a schema says of an attribute, before anybody has it.
public sealed interface AttributeExpectation {
    /// It is not defined, and so may be anything.
    record Anything() implements AttributeExpectation {}

    /// It is not defined, and so nobody may have it.
    record Unknown() implements AttributeExpectation {}

    /// It has that type, where it is there.
    record OfType(AttributeType type) implements AttributeExpectation {}

    /// Nobody can have it, because it would lie below what is no map.
    ///
    /// @param parent the path of that
    record BelowNoMap(List<String> parent, AttributeType type) implements AttributeExpectation {
        public BelowNoMap {
            parent = List.copyOf(parent);
        }
    }
}
