package io.campanile.domain.content;

import io.campanile.domain.schema.AttributeType;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Whether a JSON value has the type a variable must have. Answers describe the type, never the
/// value.
final class ValueTypes {
    /// Beyond this a double may already stand for a neighbour of the number that was meant.
    private static final double LARGEST_EXACT = 0x1p53;

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,100}");

    private ValueTypes() {}

    /// What is wrong with the value, or null.
    static @Nullable String problem(FieldType type, Object value) {
        return switch (type) {
            case ANY -> null;
            case STRING -> value instanceof String ? null : "must be a string";
            case NUMBER -> isFiniteNumber(value) ? null : "must be a number";
            case INTEGER -> integerProblem(value);
            case BOOLEAN -> value instanceof Boolean ? null : "must be true or false";
            case TIMESTAMP ->
                    AttributeType.TIMESTAMP.includes(value)
                            ? null
                            : "must be a timestamp of RFC 3339, such as 2026-01-31T09:30:00Z";
            case URL -> WebUrls.isOne(value) ? null : "must be an absolute http or https URL";
            case LIST -> value instanceof List ? null : "must be a list";
            case OBJECT -> value instanceof Map ? null : "must be an object";
        };
    }

    /// What keeps the value from being printed, or null.
    static @Nullable String printingProblem(Object value) {
        return value instanceof String || value instanceof Boolean || isFiniteNumber(value)
                ? null
                : "must be a string, a number or a boolean";
    }

    private static boolean isFiniteNumber(Object value) {
        return value instanceof Number number
                && !(number instanceof Double real && !Double.isFinite(real));
    }

    private static @Nullable String integerProblem(Object value) {
        return switch (value) {
            case Long _, Integer _, BigInteger _ -> null;
            case BigDecimal decimal when decimal.stripTrailingZeros().scale() <= 0 -> null;
            case String text when DIGITS.matcher(text).matches() -> null;
            case Double real when real == Math.rint(real) && !Double.isInfinite(real) ->
                    Math.abs(real) <= LARGEST_EXACT
                            ? null
                            : "must come through context_json or as a string: a Struct cannot carry"
                                    + " an integer beyond 2^53 exactly";
            default -> "must be an integer";
        };
    }
}
