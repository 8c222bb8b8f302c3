package io.campanile.domain.schema;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Which attributes people may have, and of which types. What is written is checked; what was known
/// before stays as it is.
///
/// @param definitions none contradicts another one
/// @param unknownRefused whether people may have no other attributes
public record AttributeSchema(List<AttributeDefinition> definitions, boolean unknownRefused) {
    /// Everything is allowed.
    public static final AttributeSchema NONE = new AttributeSchema(List.of(), false);

    public AttributeSchema {
        definitions = List.copyOf(definitions);
        if (contradiction(definitions).isPresent()) {
            throw new IllegalArgumentException("definitions contradict each other");
        }
    }

    /// The place of the first definition that says a path twice, or something below a path that is
    /// no map.
    public static OptionalInt contradiction(List<AttributeDefinition> definitions) {
        return IntStream.range(0, definitions.size())
                .filter(place ->
                        definitions.subList(0, place).stream()
                                .anyMatch(definitions.get(place)::contradicts))
                .findFirst();
    }
}
