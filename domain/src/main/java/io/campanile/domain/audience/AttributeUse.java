package io.campanile.domain.audience;

import io.campanile.domain.schema.AttributeCheck;
import io.campanile.domain.schema.AttributeExpectation;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.schema.AttributeType;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A place in a rule that asks something of an attribute.
///
/// @param path the names that lead to it, from `profile.attributes` on; at least one
/// @param line counted from 1
/// @param column in characters, counted from 1
public record AttributeUse(List<String> path, AttributeQuestion question, int line, int column) {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public AttributeUse {
        path = List.copyOf(path);
    }

    /// What is wrong with a rule for people whose attributes are as the schema says: whatever would
    /// come out the same for all of them.
    public static List<RuleProblem> problems(
            Collection<AttributeUse> uses, AttributeSchema schema) {
        var check = new AttributeCheck(schema);
        return uses.stream()
                .flatMap(use -> use.objection(check).map(use::problem).stream())
                // One attribute may be asked for several literals in one place.
                .distinct()
                .toList();
    }

    private RuleProblem problem(String text) {
        return new RuleProblem(line, column, text);
    }

    private Optional<String> objection(AttributeCheck schema) {
        return switch (schema.expectation(path)) {
            case AttributeExpectation.Anything() -> Optional.empty();
            case AttributeExpectation.Unknown() -> Optional.of(unknown(path));
            case AttributeExpectation.BelowNoMap(var parent, var type) ->
                    Optional.of(typed(parent, type) + ", and has no parts with names.");
            case AttributeExpectation.OfType(var type) ->
                    question.objection(written(path), type)
                            .map(text -> typed(path, type) + ": " + text)
                            .or(() -> unknownKey(schema, type));
        };
    }

    /// A key that is looked for in a map is the name of an attribute in it.
    private Optional<String> unknownKey(AttributeCheck schema, AttributeType type) {
        if (type != AttributeType.MAP
                || !(question instanceof AttributeQuestion.Holds(var key))
                || key == null) {
            return Optional.empty();
        }
        List<String> part = Stream.concat(path.stream(), Stream.of(key)).toList();
        return schema.expectation(part) instanceof AttributeExpectation.Unknown
                ? Optional.of(
                        "The workspace's schema has no such attribute in " + written(path) + ".")
                : Optional.empty();
    }

    private static String unknown(List<String> path) {
        return written(path) + " is no attribute of the workspace's schema.";
    }

    private static String typed(List<String> path, AttributeType type) {
        return "By the workspace's schema " + written(path) + " is a " + type;
    }

    /// As a rule writes it.
    private static String written(List<String> path) {
        return path.stream()
                .map(name -> PLAIN_NAME.matcher(name).matches() ? "." + name : "[\"" + name + "\"]")
                .collect(Collectors.joining("", "profile.attributes", ""));
    }
}
