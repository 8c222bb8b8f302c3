package io.campanile.application.message;

import io.campanile.application.query.Filter;
import io.campanile.application.query.Filter.Operator;
import io.campanile.application.query.FilterInvalid;
import io.campanile.application.query.ListFields;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A filter as the stores of executions and messages take it: conditions that all hold, where a
/// field equals one value or one of several, and a span of time. That much runs on an index.
final class FlatFilter {
    private final ListFields<?> fields;
    private final Map<String, Set<String>> values = new HashMap<>();
    private @Nullable Instant from;
    private @Nullable Instant to;

    private FlatFilter(ListFields<?> fields) {
        this.fields = fields;
    }

    /// The flat form. Only a field with a choice of values may have several.
    ///
    /// @throws FilterInvalid when the filter has none
    static FlatFilter of(Filter filter, ListFields<?> fields) {
        FlatFilter flat = new FlatFilter(fields);
        flat.add(filter);
        return flat;
    }

    private void add(Filter filter) {
        switch (filter) {
            case Filter.And(var parts) -> parts.forEach(this::add);
            case Filter.Or(var parts) -> addAlternatives(parts);
            case Filter.Not _ -> throw negated();
            case Filter.Comparison(var field, var operator, Filter.Value.Text(var text)) -> {
                requireEqual(field, operator);
                put(field, Set.of(text));
            }
            case Filter.Comparison(var field, var operator, Filter.Value.Time(var time)) ->
                    addTime(field, operator, time);
        }
    }

    private void addAlternatives(List<Filter> parts) {
        Map<String, Set<String>> alternatives = new TreeMap<>();
        parts.forEach(part -> collect(part, alternatives));
        if (alternatives.size() > 1) {
            throw new FilterInvalid(
                    "OR joins values of one field only, not of %s; make a call for each."
                            .formatted(String.join(" and ", alternatives.keySet())));
        }
        alternatives.forEach(this::put);
    }

    private void collect(Filter part, Map<String, Set<String>> alternatives) {
        switch (part) {
            case Filter.Or(var parts) -> parts.forEach(inner -> collect(inner, alternatives));
            case Filter.And _ ->
                    throw new FilterInvalid(
                            "OR joins values of one field only, not what AND joins; make a call for"
                                    + " each.");
            case Filter.Not _ -> throw negated();
            case Filter.Comparison(var field, var operator, Filter.Value.Text(var text)) -> {
                requireEqual(field, operator);
                alternatives.computeIfAbsent(field, _ -> new TreeSet<>()).add(text);
            }
            case Filter.Comparison(var field, var _, Filter.Value.Time _) ->
                    throw new FilterInvalid(
                            "%s cannot be joined by OR; make a call for each span of time."
                                    .formatted(field));
        }
    }

    private void put(String field, Set<String> alternatives) {
        boolean again = values.put(field, alternatives) != null;
        if (!takesSeveral(field) && (again || alternatives.size() > 1)) {
            throw new FilterInvalid(
                    "%s may have one value only, and stand only once; make a call for each value."
                            .formatted(field));
        }
        if (again) {
            throw new FilterInvalid(
                    "%s stands twice; join its values by OR in brackets: %s."
                            .formatted(field, example(field)));
        }
    }

    private void addTime(String field, Operator operator, Instant time) {
        switch (operator) {
            case GREATER_OR_EQUAL -> {
                if (from != null) {
                    throw new FilterInvalid(
                            "%s >= stands twice; keep only the later time.".formatted(field));
                }
                from = time;
            }
            case LESS -> {
                if (to != null) {
                    throw new FilterInvalid(
                            "%s < stands twice; keep only the earlier time.".formatted(field));
                }
                to = time;
            }
            default ->
                    throw new FilterInvalid(
                            "%1$s is compared with >= and < only: %1$s >= \"…\" AND %1$s < \"…\"."
                                    .formatted(field));
        }
    }

    private void requireEqual(String field, Operator operator) {
        if (operator != Operator.EQUAL) {
            throw new FilterInvalid(
                    "%s is compared with = only: %s.".formatted(field, example(field)));
        }
    }

    private static FilterInvalid negated() {
        return new FilterInvalid(
                "NOT and - are not supported here; write which values are wanted: several states or"
                        + " reasons joined by OR in brackets, otherwise one, or a span of time.");
    }

    private boolean takesSeveral(String field) {
        return fields.kind(field).orElse(null) instanceof ListFields.Kind.Choice;
    }

    private String example(String field) {
        return (takesSeveral(field) ? "(%1$s = … OR %1$s = …)" : "%s = \"…\"").formatted(field);
    }

    /// The alternatives for a field; empty when the filter does not speak of it.
    Set<String> alternatives(String field) {
        return values.getOrDefault(field, Set.of());
    }

    /// The alternatives for a field whose values are the names of an enum.
    <E extends Enum<E>> Set<E> all(Class<E> type, String field) {
        EnumSet<E> values = EnumSet.noneOf(type);
        alternatives(field).forEach(name -> values.add(Enum.valueOf(type, name)));
        return values;
    }

    /// The value of a field that has one.
    @Nullable String value(String field) {
        return alternatives(field).stream().findFirst().orElse(null);
    }

    @Nullable Instant from() {
        return from;
    }

    @Nullable Instant to() {
        return to;
    }
}
