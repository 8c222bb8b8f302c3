package io.campanile.persistence.rule;

import java.math.BigDecimal;
import java.time.Instant;

/// A value that is written in a rule. Prints itself without it: rules may name people.
sealed interface Literal {
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
