package io.campanile.domain.audience;

import java.util.Comparator;

/// What is wrong with a rule.
///
/// @param line counted from 1
/// @param column in characters, counted from 1
/// @param text what is wrong and what to write instead; names audiences and attributes of the rule,
///   and quotes no values
public record RuleProblem(int line, int column, String text) {
    /// As they are met on reading.
    public static final Comparator<RuleProblem> ORDER =
            Comparator.comparingInt(RuleProblem::line).thenComparingInt(RuleProblem::column);

    @Override
    public String toString() {
        return "line %d, column %d: %s".formatted(line, column, text);
    }
}
