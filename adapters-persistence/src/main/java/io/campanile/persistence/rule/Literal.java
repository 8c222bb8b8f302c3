package io.campanile.persistence.rule;

import io.campanile.domain.schema.AttributeType;

import java.math.BigDecimal;
import java.time.Instant;

/// A value that is written in a rule. Prints itself without it: rules may name people.
sealed interface Literal {
    /// Of which type attributes are that may equal it.
    default AttributeType type() {
        return switch (this) {
            case Text _ -> AttributeType.STRING;
            case Numeric _ -> AttributeType.NUMBER;
            case Truth _ -> AttributeType.BOOLEAN;
            case Time _ -> throw new IllegalStateException("attributes hold no times");
        };
    }

    record Text(String value) implements Literal {
        @Override
        public String toString() {
            return "Text[redacted]";
        }
    }

    record Numeric(BigDecimal value) implements Literal {}

    record Truth(boolean value) implements Literal {}

    record Time(Instant value) implements Literal {}
}
