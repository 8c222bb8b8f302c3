package io.campanile.persistence;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.Filter;
import io.campanile.application.query.Filter.Comparison;
import io.campanile.application.query.Filter.Operator;
import io.campanile.application.query.Query;
import io.campanile.application.query.SortOrder;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes one [SqlQuery]. No condition is ever null, so that `NOT` means what it says; values are
/// bound, never written.
final class SqlQueryWriter {
    /// The order must be the same on every page and on every server.
    private static final String IN_CODE_POINT_ORDER = " COLLATE \"C\"";

    private final SqlList list;
    private final Map<String, Object> values = new HashMap<>();

    SqlQueryWriter(SqlList list) {
        this.list = list;
    }

    SqlQuery write(Query query) {
        SortOrder order = query.order();
        String direction = order.descending() ? " DESC" : "";
        String sort = list.expression(order.field());
        if (!list.isTime(order.field())) {
            sort += IN_CODE_POINT_ORDER;
        }
        String id = list.id() + IN_CODE_POINT_ORDER;
        var text = new StringBuilder(" AND ").append(condition(query.filter()));
        Cursor after = query.after();
        if (after != null) {
            text.append(
                    " AND (%s, %s) %s (%s, %s)"
                            .formatted(
                                    sort,
                                    id,
                                    order.descending() ? "<" : ">",
                                    list.isTime(order.field())
                                            ? time(Instant.parse(after.sortValue()))
                                            : text(after.sortValue()),
                                    text(after.id())));
        }
        text.append(" ORDER BY ").append(sort).append(direction);
        text.append(", ").append(id).append(direction);
        text.append(" LIMIT ").append(bound(query.limit()));
        return new SqlQuery(text.toString(), values);
    }

    private String condition(Filter filter) {
        return switch (filter) {
            case Filter.And(var parts) -> joined(parts, " AND ", "true");
            case Filter.Or(var parts) -> joined(parts, " OR ", "false");
            case Filter.Not(var part) -> "NOT " + condition(part);
            case Comparison(var field, var operator, Filter.Value.Time(var time)) ->
                    timeCondition(list.expression(field), operator, time(time));
            case Comparison(var field, var operator, Filter.Value.Text(var text))
                    when list.isList(field) ->
                    "(coalesce(%s = ANY (%s), false) <> %s)"
                            .formatted(
                                    text(text),
                                    list.expression(field),
                                    operator == Operator.NOT_EQUAL);
            // Bare, so that an index finds it.
            case Comparison(var field, var operator, Filter.Value.Text(var text))
                    when list.isKey(field) ->
                    textCondition(list.expression(field), operator, text(text));
            case Comparison(var field, var operator, Filter.Value.Text(var text)) ->
                    textCondition(
                            "coalesce(%s, '')".formatted(list.expression(field)),
                            operator,
                            text(text));
        };
    }

    private String joined(List<Filter> parts, String separator, String whenEmpty) {
        return parts.isEmpty()
                ? whenEmpty
                : parts.stream()
                        .map(this::condition)
                        .collect(Collectors.joining(separator, "(", ")"));
    }

    private static String textCondition(String field, Operator operator, String value) {
        return switch (operator) {
            case EQUAL -> "(%s = %s)".formatted(field, value);
            case NOT_EQUAL -> "(%s <> %s)".formatted(field, value);
            // Unlike LIKE it has no wildcards.
            case HAS -> "(strpos(lower(%s), lower(%s)) > 0)".formatted(field, value);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    throw new IllegalArgumentException("texts have no " + operator);
        };
    }

    private static String timeCondition(String field, Operator operator, String value) {
        return switch (operator) {
            case EQUAL -> present(field, "=", value);
            case NOT_EQUAL -> "(%s IS DISTINCT FROM %s)".formatted(field, value);
            case LESS -> present(field, "<", value);
            case LESS_OR_EQUAL -> present(field, "<=", value);
            case GREATER -> present(field, ">", value);
            case GREATER_OR_EQUAL -> present(field, ">=", value);
            case HAS -> throw new IllegalArgumentException("times have no " + operator);
        };
    }

    private static String present(String field, String comparison, String value) {
        return "(%1$s IS NOT NULL AND %1$s %2$s %3$s)".formatted(field, comparison, value);
    }

    private String text(String value) {
        return bound(value) + "::text";
    }

    private String time(Instant value) {
        return bound(SqlTimes.comparable(value)) + "::timestamptz";
    }

    private String bound(Object value) {
        String name = "query" + values.size();
        values.put(name, value);
        return ":" + name;
    }
}
