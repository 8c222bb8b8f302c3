package io.campanile.persistence.rule;

import com.fasterxml.jackson.databind.node.TextNode;

import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.rule.Condition.Comparator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes one [SqlCondition]; values are bound, never written. CEL and SQL agree on what is
/// undecided: `NOT`, `AND` and `OR` of null are what `!`, `&&` and `||` of an error are. So
/// whatever CEL would fail at is made null: what is missing, and values of another type.
final class SqlConditionWriter {
    private final Map<String, Object> values = new HashMap<>();
    private final WorkspaceId workspace;

    SqlConditionWriter(WorkspaceId workspace) {
        this.workspace = workspace;
    }

    SqlCondition write(Condition condition) {
        String text = text(condition);
        return new SqlCondition(text, values);
    }

    private String text(Condition condition) {
        return switch (condition) {
            case Condition.Always(var truth) -> Boolean.toString(truth);
            case Condition.And(var parts) -> joined(parts, " AND ");
            case Condition.Or(var parts) -> joined(parts, " OR ");
            case Condition.Not(var part) -> "(NOT " + text(part) + ")";
            case Condition.Comparison(var operand, var comparator, var literal) ->
                    comparison(operand, comparator, literal);
            case Condition.OneOf(var operand, var literals) -> oneOf(operand, literals);
            case Condition.Holds(var attribute, var literal) -> holds(attribute, literal);
            case Condition.TextTest(var operand, var test, var text) ->
                    test(operand, test, bound(text));
            case Condition.Has(var attribute) -> has(attribute.path());
            case Condition.Member(var audience) -> member(audience);
        };
    }

    private String joined(List<Condition> parts, String separator) {
        return parts.stream().map(this::text).collect(Collectors.joining(separator, "(", ")"));
    }

    private String comparison(Operand operand, Comparator comparator, Literal literal) {
        if (!(operand instanceof Operand.Attribute(var path))) {
            return "(%s %s %s)".formatted(column(operand), comparator.sql(), scalar(literal));
        }
        String value = attribute(path);
        if (!comparator.isAboutOrder()) {
            return "(%s %s %s)".formatted(value, comparator.sql(), json(literal));
        }
        return literal instanceof Literal.Numeric
                ? "(CASE WHEN jsonb_typeof(%s) = 'number' THEN %s::numeric %s %s END)"
                        .formatted(value, value, comparator.sql(), scalar(literal))
                : ifText(value, "%s " + comparator.sql() + " " + scalar(literal));
    }

    private String oneOf(Operand operand, List<Literal> literals) {
        boolean isAttribute = operand instanceof Operand.Attribute;
        String value =
                operand instanceof Operand.Attribute(var path) ? attribute(path) : column(operand);
        return literals.stream()
                .map(literal -> isAttribute ? json(literal) : scalar(literal))
                .collect(Collectors.joining(", ", "(" + value + " IN (", "))"));
    }

    private String holds(Operand.Attribute attribute, Literal literal) {
        String value = attribute(attribute.path());
        String isKey =
                literal instanceof Literal.Text(var text)
                        ? "jsonb_exists(%s, %s)".formatted(value, bound(text))
                        : "false";
        return "(CASE jsonb_typeof(%s) WHEN 'array' THEN %s @> %s WHEN 'object' THEN %s END)"
                .formatted(value, value, json(literal), isKey);
    }

    private String test(Operand operand, Condition.Test test, String text) {
        String condition =
                switch (test) {
                    case STARTS_WITH -> "starts_with(%s, " + text + ")";
                    case ENDS_WITH -> "right(%s, length(" + text + ")) = " + text;
                    // Unlike LIKE it has no wildcards.
                    case CONTAINS -> "strpos(%s, " + text + ") > 0";
                };
        return operand instanceof Operand.Attribute(var path)
                ? ifText(attribute(path), condition)
                : "(" + condition.formatted(column(operand)) + ")";
    }

    /// A condition on an attribute's text, which is null when the attribute is none.
    private static String ifText(String value, String condition) {
        return "(CASE WHEN jsonb_typeof(%s) = 'string' THEN %s END)"
                .formatted(value, condition.formatted("(" + value + " #>> '{}') COLLATE \"C\""));
    }

    private String has(List<String> path) {
        String key = bound(path.getLast());
        if (path.size() == 1) {
            return "jsonb_exists(p.attributes, " + key + ")";
        }
        String map = attribute(path.subList(0, path.size() - 1));
        return "(CASE WHEN jsonb_typeof(%s) = 'object' THEN jsonb_exists(%s, %s) END)"
                .formatted(map, map, key);
    }

    private String member(String audience) {
        return """
        EXISTS (SELECT FROM audience_member rm WHERE rm.profile_id = p.profile_id AND rm.audience_id =
          (SELECT ra.audience_id FROM audience ra WHERE ra.workspace_id = %s AND ra.chosen_id = %s))\
        """
                .formatted(bound(workspace.value()), bound(audience));
    }

    private String column(Operand operand) {
        return switch (operand) {
            case Operand.Locale() -> "p.locale COLLATE \"C\"";
            case Operand.TimeZone() -> "p.time_zone COLLATE \"C\"";
            case Operand.CreateTime() -> "p.create_time";
            case Operand.UpdateTime() -> "p.update_time";
            case Operand.Consent(var channel, var topic) -> consent(channel, topic);
            case Operand.Attribute _ ->
                    throw new IllegalArgumentException("an attribute is no column");
        };
    }

    private String consent(String channel, String topic) {
        return """
        coalesce((SELECT rc.state FROM profile_consent rc WHERE rc.profile_id = p.profile_id AND rc.channel = %s
          AND rc.purpose = 'MARKETING' AND rc.topic = %s), 'UNSET') COLLATE "C\"\
        """
                .formatted(bound(channel), bound(topic));
    }

    /// Steps with names, so that no step ever leads into a list.
    private String attribute(List<String> path) {
        return path.stream()
                .map(this::bound)
                .collect(Collectors.joining(" -> ", "(p.attributes -> ", ")"));
    }

    /// A constant to PostgreSQL, as long as it plans for the values, which hashes lists of them.
    /// `to_jsonb` is none: it would be made anew for each profile.
    private String json(Literal literal) {
        String text =
                switch (literal) {
                    case Literal.Text(var value) -> TextNode.valueOf(value).toString();
                    case Literal.Numeric(var number) -> number.toString();
                    case Literal.Truth(var truth) -> Boolean.toString(truth);
                    case Literal.Time _ ->
                            throw new IllegalArgumentException("attributes hold no times");
                };
        return bind(text) + "::jsonb";
    }

    private String scalar(Literal literal) {
        return switch (literal) {
            case Literal.Text(var text) -> bound(text);
            case Literal.Numeric(var number) -> bind(number) + "::numeric";
            case Literal.Truth(var truth) -> Boolean.toString(truth);
            case Literal.Time(var time) -> bind(time) + "::timestamptz";
        };
    }

    private String bound(String text) {
        return bind(text) + "::text";
    }

    private String bind(Object value) {
        String name = "rule" + values.size();
        values.put(name, value);
        return ":" + name;
    }
}
