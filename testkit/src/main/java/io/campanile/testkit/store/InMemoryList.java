package io.campanile.testkit.store;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.Filter;
import io.campanile.application.query.Filter.Comparison;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.Query;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Answers list queries over entries in memory.
public final class InMemoryList<T> {
    private final FieldOf<T> fields;
    private final ListFields<T> list;

    /// A list of entries with these fields.
    public InMemoryList(FieldOf<T> fields, ListFields<T> list) {
        this.fields = fields;
        this.list = list;
    }

    /// The value of a field: a string, an instant, a collection of strings, or null.
    @FunctionalInterface
    public interface FieldOf<T> {
        @Nullable Object value(T entry, String field);
    }

    public List<T> page(Collection<T> entries, Query query) {
        Comparator<Cursor> order =
                Comparator.comparing(Cursor::sortValue, InMemoryList::compareSortValues)
                        .thenComparing(Cursor::id);
        Comparator<Cursor> asked = query.order().descending() ? order.reversed() : order;
        Cursor after = query.after();
        return entries.stream()
                .filter(entry -> matches(entry, query.filter()))
                .filter(entry ->
                        after == null
                                || asked.compare(list.cursor(entry, query.order()), after) > 0)
                .sorted(Comparator.comparing(entry -> list.cursor(entry, query.order()), asked))
                .limit(query.limit())
                .toList();
    }

    private boolean matches(T entry, Filter filter) {
        return switch (filter) {
            case Filter.And(var parts) -> parts.stream().allMatch(part -> matches(entry, part));
            case Filter.Or(var parts) -> parts.stream().anyMatch(part -> matches(entry, part));
            case Filter.Not(var part) -> !matches(entry, part);
            case Comparison comparison ->
                    matches(fields.value(entry, comparison.field()), comparison);
        };
    }

    private static boolean matches(@Nullable Object value, Comparison comparison) {
        return switch (comparison.value()) {
            case Filter.Value.Text(var text) -> matchesText(value, comparison.operator(), text);
            case Filter.Value.Time(var time) -> matchesTime(value, comparison.operator(), time);
        };
    }

    private static boolean matchesText(
            @Nullable Object value, Filter.Operator operator, String text) {
        if (value instanceof Collection<?> collection) {
            return collection.contains(text) != (operator == Filter.Operator.NOT_EQUAL);
        }
        String actual = value == null ? "" : value.toString();
        return switch (operator) {
            case EQUAL -> actual.equals(text);
            case NOT_EQUAL -> !actual.equals(text);
            case HAS -> actual.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    throw new IllegalArgumentException("texts have no " + operator);
        };
    }

    private static boolean matchesTime(
            @Nullable Object value, Filter.Operator operator, Instant time) {
        if (!(value instanceof Instant actual)) {
            return operator == Filter.Operator.NOT_EQUAL;
        }
        int order = actual.compareTo(time);
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case HAS -> throw new IllegalArgumentException("times have no " + operator);
        };
    }

    /// Times are compared as times: their text form leaves trailing zeros out.
    private static int compareSortValues(String one, String other) {
        boolean times = one.endsWith("Z") && other.endsWith("Z") && one.indexOf('T') == 10;
        return times ? Instant.parse(one).compareTo(Instant.parse(other)) : one.compareTo(other);
    }
}
