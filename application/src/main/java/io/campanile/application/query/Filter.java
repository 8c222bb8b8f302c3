package io.campanile.application.query;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/// A condition on the entries of a list, already checked against what the list can be filtered by.
public sealed interface Filter {
    /// Everything.
    static Filter all() {
        return new And(List.of());
    }

    /// Whether some comparison is about the field.
    default boolean mentions(String field) {
        return switch (this) {
            case And(var parts) -> parts.stream().anyMatch(part -> part.mentions(field));
            case Or(var parts) -> parts.stream().anyMatch(part -> part.mentions(field));
            case Not(var part) -> part.mentions(field);
            case Comparison comparison -> comparison.field().equals(field);
        };
    }

    /// The same with other words for the texts that a field is compared with.
    default Filter reworded(String field, UnaryOperator<String> word) {
        return switch (this) {
            case And(var parts) -> new And(reworded(parts, field, word));
            case Or(var parts) -> new Or(reworded(parts, field, word));
            case Not(var part) -> new Not(part.reworded(field, word));
            case Comparison(var name, var operator, Value.Text(var text)) when name.equals(field) ->
                    new Comparison(name, operator, new Value.Text(word.apply(text)));
            case Comparison comparison -> comparison;
        };
    }

    private static List<Filter> reworded(
            List<Filter> parts, String field, UnaryOperator<String> word) {
        return parts.stream().map(part -> part.reworded(field, word)).toList();
    }

    record And(List<Filter> parts) implements Filter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    record Or(List<Filter> parts) implements Filter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    record Not(Filter part) implements Filter {}

    /// One comparison.
    ///
    /// @param field one of the list's [ListFields], as spelled there
    record Comparison(String field, Operator operator, Value value) implements Filter {}

    /// How a field is compared.
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        /// `:`; a text contains the value in any case, a list has it as an element.
        HAS
    }

    /// What a field is compared with, of the field's own kind.
    sealed interface Value {
        /// Also for enums and lists.
        record Text(String text) implements Value {}

        record Time(Instant time) implements Value {}
    }
}
