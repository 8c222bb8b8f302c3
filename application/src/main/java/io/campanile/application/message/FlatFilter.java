package io.campanile.application.message;

import io.campanile.application.query.Filter;
import io.campanile.application.query.Filter.Operator;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A filter as the stores of executions and messages take it: conditions that all hold, where a
/// field equals one value or one of several, and a span of time. That much runs on an index.
final class FlatFilter {
    private final Map<String, Set<String>> values = new HashMap<>();
    private @Nullable Instant from;
    private @Nullable Instant to;

    private FlatFilter() {}

    /// The flat form, or nothing when the filter has none.
    static Optional<FlatFilter> of(Filter filter) {
        FlatFilter flat = new FlatFilter();
        return flat.add(filter) ? Optional.of(flat) : Optional.empty();
    }

    private boolean add(Filter filter) {
        return switch (filter) {
            case Filter.And(var parts) -> parts.stream().allMatch(this::add);
            case Filter.Or(var parts) -> addAlternatives(parts);
            case Filter.Not _ -> false;
            case Filter.Comparison(var field, var operator, Filter.Value.Text(var text)) ->
                    operator == Operator.EQUAL && put(field, Set.of(text));
            case Filter.Comparison(var _, var operator, Filter.Value.Time(var time)) ->
                    addTime(operator, time);
        };
    }

    private boolean addAlternatives(List<Filter> parts) {
        Set<String> fields = new TreeSet<>();
        Set<String> alternatives = new TreeSet<>();
        for (Filter part : parts) {
            if (part
                    instanceof
                    Filter.Comparison(var field, var operator, Filter.Value.Text(var text))) {
                if (operator != Operator.EQUAL) {
                    return false;
                }
                fields.add(field);
                alternatives.add(text);
            } else {
                return false;
            }
        }
        return fields.size() == 1 && put(fields.iterator().next(), alternatives);
    }

    private boolean put(String field, Set<String> alternatives) {
        return values.put(field, alternatives) == null;
    }

    private boolean addTime(Operator operator, Instant time) {
        if (operator == Operator.GREATER_OR_EQUAL && from == null) {
            from = time;
            return true;
        }
        if (operator == Operator.LESS && to == null) {
            to = time;
            return true;
        }
        return false;
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

    /// Whether the fields that have only one value in the stores have one here.
    boolean singleIn(String... fields) {
        return List.of(fields).stream().allMatch(field -> alternatives(field).size() <= 1);
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
