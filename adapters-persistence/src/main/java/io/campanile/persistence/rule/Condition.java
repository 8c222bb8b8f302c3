package io.campanile.persistence.rule;

import java.util.List;

/// A rule that was understood. What cannot be said in SQL cannot be said here.
sealed interface Condition {
    record Always(boolean truth) implements Condition {}

    record And(List<Condition> parts) implements Condition {
        public And {
            parts = List.copyOf(parts);
        }
    }

    record Or(List<Condition> parts) implements Condition {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    record Not(Condition part) implements Condition {}

    record Comparison(Operand operand, Comparator comparator, Literal literal)
            implements Condition {}

    /// The operand is one of the literals.
    record OneOf(Operand operand, List<Literal> literals) implements Condition {
        public OneOf {
            literals = List.copyOf(literals);
        }
    }

    /// The literal is an element of the attribute, a list, or a key of it, a map.
    record Holds(Operand.Attribute attribute, Literal literal) implements Condition {}

    record TextTest(Operand operand, Test test, String text) implements Condition {}

    /// The map that the last step of the path is taken in has its key.
    record Has(Operand.Attribute attribute) implements Condition {}

    /// Listed in another audience.
    record Member(String audience) implements Condition {}

    /// How a text is tested.
    enum Test {
        STARTS_WITH,
        ENDS_WITH,
        CONTAINS
    }

    /// How values are compared.
    enum Comparator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sql;

        Comparator(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }

        boolean isAboutOrder() {
            return this != EQUAL && this != NOT_EQUAL;
        }

        /// The same with the sides exchanged.
        Comparator mirrored() {
            return switch (this) {
                case EQUAL, NOT_EQUAL -> this;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }
    }
}
