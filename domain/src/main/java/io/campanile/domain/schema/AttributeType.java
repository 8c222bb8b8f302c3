package io.campanile.domain.schema;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What kind of value an attribute has.
public enum AttributeType {
    STRING,
    NUMBER,
    BOOLEAN,
    /// A text as RFC 3339 writes times, such as `2026-03-01T12:00:00Z`.
    TIMESTAMP,
    LIST,
    MAP;

    /// The kind of a value, as far as it shows: a time is a text.
    static AttributeType of(Object value) {
        return switch (value) {
            case String _ -> STRING;
            case Number _ -> NUMBER;
            case Boolean _ -> BOOLEAN;
            case List<?> _ -> LIST;
            case Map<?, ?> _ -> MAP;
            default -> throw new IllegalArgumentException("no value of an attribute");
        };
    }

    private static final Pattern RFC_3339 =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
                            + "([Zz]|[+-][0-9]{2}:[0-9]{2})");

    /// Whether the value is of this kind.
    public boolean includes(Object value) {
        return this == TIMESTAMP ? isTimestamp(value) : this == of(value);
    }

    private static boolean isTimestamp(Object value) {
        if (!(value instanceof String text) || !RFC_3339.matcher(text).matches()) {
            return false;
        }
        try {
            return OffsetDateTime.parse(text).getYear() >= 0;
        } catch (DateTimeException _) {
            return false;
        }
    }
}
