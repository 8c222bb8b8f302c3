package io.campanile.application.query;

import io.campanile.application.query.Filter.Comparison;
import io.campanile.application.query.Filter.Operator;
import io.campanile.application.query.Filter.Value;
import io.campanile.application.query.FilterToken.Kind;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads filters, a part of AIP-160: comparisons `field operator value` joined by `AND` and `OR`
/// (`OR` binds tighter, as there), `NOT` or `-` before a comparison, and parentheses. Operators are
/// `=`, `!=`, `<`, `<=`, `>`, `>=` and `:`; values are words or quoted.
final class FilterParser {
    private static final int DEEPEST = 20;
    private static final int MOST_COMPARISONS = 50;

    private final ListFields<?> fields;
    private final List<FilterToken> tokens;
    private int at;
    private int depth;
    private int comparisons;

    private FilterParser(ListFields<?> fields, List<FilterToken> tokens) {
        this.fields = fields;
        this.tokens = tokens;
    }

    /// The filter the text means.
    ///
    /// @throws FilterInvalid with the place and what was expected there
    static Filter parse(String text, ListFields<?> fields) {
        if (text.isBlank()) {
            return Filter.all();
        }
        var parser = new FilterParser(fields, FilterTokens.of(text));
        Filter filter = parser.conjunction();
        FilterToken rest = parser.peek();
        if (rest.kind() != Kind.END) {
            throw invalid(rest, "AND, OR or the end is expected, not " + rest.described());
        }
        return filter;
    }

    private Filter conjunction() {
        List<Filter> parts = new ArrayList<>();
        parts.add(disjunction());
        while (peek().isKeyword("AND")) {
            at++;
            parts.add(disjunction());
        }
        return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
    }

    private Filter disjunction() {
        List<Filter> parts = new ArrayList<>();
        parts.add(term());
        while (peek().isKeyword("OR")) {
            at++;
            parts.add(term());
        }
        return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
    }

    private Filter term() {
        FilterToken first = peek();
        if (first.isKeyword("NOT")) {
            at++;
            return new Filter.Not(nested(first));
        }
        return nested(first);
    }

    private Filter nested(FilterToken first) {
        if (peek().kind() != Kind.OPEN) {
            return comparison();
        }
        if (++depth > DEEPEST) {
            throw invalid(first, "Parentheses are nested deeper than " + DEEPEST);
        }
        at++;
        Filter inner = conjunction();
        FilterToken close = take();
        if (close.kind() != Kind.CLOSE) {
            throw invalid(close, "A closing parenthesis is expected, not " + close.described());
        }
        depth--;
        return inner;
    }

    private Filter comparison() {
        FilterToken name = take();
        if (name.kind() != Kind.WORD) {
            throw invalid(name, "A field is expected, not " + name.described());
        }
        if (++comparisons > MOST_COMPARISONS) {
            throw invalid(name, "There are more than " + MOST_COMPARISONS + " comparisons");
        }
        boolean negated = name.text().startsWith("-");
        String field = negated ? name.text().substring(1) : name.text();
        ListFields.Kind kind =
                fields.kind(field)
                        .orElseThrow(() ->
                                invalid(
                                        name,
                                        "There is no such field; there are " + fields.names()));
        FilterToken operator = take();
        if (operator.kind() != Kind.OPERATOR) {
            throw invalid(operator, "An operator is expected, not " + operator.described());
        }
        Filter comparison = new Comparison(field, operator(operator, kind), value(take(), kind));
        return negated ? new Filter.Not(comparison) : comparison;
    }

    private static Operator operator(FilterToken token, ListFields.Kind kind) {
        Operator operator =
                switch (token.text()) {
                    case "=" -> Operator.EQUAL;
                    case "!=" -> Operator.NOT_EQUAL;
                    case "<" -> Operator.LESS;
                    case "<=" -> Operator.LESS_OR_EQUAL;
                    case ">" -> Operator.GREATER;
                    case ">=" -> Operator.GREATER_OR_EQUAL;
                    case ":" -> Operator.HAS;
                    default -> throw invalid(token, "There is no operator " + token.text());
                };
        if (!allowed(kind).contains(operator)) {
            throw invalid(token, "This field cannot be compared with " + token.text());
        }
        return operator;
    }

    private static Set<Operator> allowed(ListFields.Kind kind) {
        return switch (kind) {
            case ListFields.Kind.Text _ -> Set.of(Operator.EQUAL, Operator.NOT_EQUAL, Operator.HAS);
            case ListFields.Kind.Key _ -> Set.of(Operator.EQUAL);
            case ListFields.Kind.TextList _ -> Set.of(Operator.HAS);
            case ListFields.Kind.Choice _ -> Set.of(Operator.EQUAL, Operator.NOT_EQUAL);
            case ListFields.Kind.Time _ ->
                    Set.of(
                            Operator.EQUAL,
                            Operator.NOT_EQUAL,
                            Operator.LESS,
                            Operator.LESS_OR_EQUAL,
                            Operator.GREATER,
                            Operator.GREATER_OR_EQUAL);
        };
    }

    private static Value value(FilterToken token, ListFields.Kind kind) {
        if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) {
            throw invalid(token, "A value is expected, not " + token.described());
        }
        return switch (kind) {
            case ListFields.Kind.Text _, ListFields.Kind.Key _, ListFields.Kind.TextList _ ->
                    new Value.Text(token.text());
            case ListFields.Kind.Choice choice ->
                    new Value.Text(
                            choice.named(token.text()).orElseThrow(() -> noChoice(token, choice)));
            case ListFields.Kind.Time _ -> new Value.Time(time(token));
        };
    }

    private static FilterInvalid noChoice(FilterToken token, ListFields.Kind.Choice choice) {
        String names = String.join(", ", choice.names().stream().sorted().toList());
        return invalid(token, "One of %s is expected, not %s".formatted(names, token.described()));
    }

    private static Instant time(FilterToken token) {
        try {
            return OffsetDateTime.parse(token.text()).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeParseException _) {
            throw invalid(
                    token,
                    "A quoted time such as \"2026-03-01T12:00:00Z\" is expected, not "
                            + token.described());
        }
    }

    private FilterToken peek() {
        return tokens.get(at);
    }

    /// The end is never passed.
    private FilterToken take() {
        FilterToken token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    private static FilterInvalid invalid(FilterToken token, String what) {
        return new FilterInvalid(token.column(), what);
    }
}
