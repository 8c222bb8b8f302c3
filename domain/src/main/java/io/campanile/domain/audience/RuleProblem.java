package io.campanile.domain.audience;

/// What is wrong with a rule.
///
/// @param line counted from 1
/// @param column in characters, counted from 1
/// @param text what is wrong and what to write instead; quotes no values of the rule
public record RuleProblem(int line, int column, String text) {
    @Override
    public String toString() {
        return "line %d, column %d: %s".formatted(line, column, text);
    }
}
