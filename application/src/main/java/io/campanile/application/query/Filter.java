package io.campanile.application.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
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
        return replaced(
                field, (operator, text) -> new Comparison(field, operator, text(word.apply(text))));
    }

    /// The same where a field that has to equal a text may equal another one instead.
    ///
    /// @param other from a text to the other, if there is one
    default Filter orEqual(String field, Function<String, Optional<String>> other) {
        return replaced(
                field,
                (operator, text) -> {
                    var asked = new Comparison(field, operator, text(text));
                    return operator == Operator.EQUAL
                            ? other.apply(text)
                                    .<Filter>map(word ->
                                            new Or(
                                                    List.of(
                                                            asked,
                                                            new Comparison(
                                                                    field, operator, text(word)))))
                                    .orElse(asked)
                            : asked;
                });
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    /// The same with others in place of the comparisons of a field with a text.
    private Filter replaced(String field, BiFunction<Operator, String, Filter> other) {
        return switch (this) {
            case And(var parts) -> new And(replaced(parts, field, other));
            case Or(var parts) -> new Or(replaced(parts, field, other));
            case Not(var part) -> new Not(part.replaced(field, other));
            case Comparison(var name, var operator, Value.Text(var text)) when name.equals(field) ->
                    other.apply(operator, text);
            case Comparison comparison -> comparison;
        };
    }

    private static List<Filter> replaced(
            List<Filter> parts, String field, BiFunction<Operator, String, Filter> other) {
        return parts.stream().map(part -> part.replaced(field, other)).toList();
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
