package io.campanile.application.query;

import io.campanile.application.query.ParsedQuery.Invalid;
import io.campanile.application.query.ParsedQuery.Part;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads list requests.
public final class QueryParser {
    private static final int DEFAULT_PAGE_SIZE = 50;
    private static final int LARGEST_PAGE = 500;
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private QueryParser() {}

    public static ParsedQuery parse(ListRequest request, ListFields<?> fields) {
        if (request.pageSize() < 0) {
            return new Invalid(Part.PAGE_SIZE, "The page size is negative.");
        }
        Filter filter;
        try {
            filter = FilterParser.parse(request.filter(), fields);
        } catch (FilterInvalid e) {
            return new Invalid(Part.FILTER, e.text());
        }
        Optional<SortOrder> order = order(request.orderBy(), fields);
        if (order.isEmpty()) {
            return new Invalid(
                    Part.ORDER_BY,
                    "Order by one of %s, maybe followed by desc."
                            .formatted(fields.sortableNames()));
        }
        String digest = PageToken.digest(request.list(), request.filter(), request.orderBy());
        int limit = limit(request.pageSize());
        if (request.pageToken().isEmpty()) {
            return new ParsedQuery.Valid(new Query(filter, order.get(), null, limit), digest);
        }
        return PageToken.decode(request.pageToken(), digest)
                .filter(cursor -> fits(cursor, fields.kind(order.get().field())))
                .<ParsedQuery>map(cursor ->
                        new ParsedQuery.Valid(
                                new Query(filter, order.get(), cursor, limit), digest))
                .orElseGet(() ->
                        new Invalid(
                                Part.PAGE_TOKEN,
                                "The token is not of a page of this list with this filter and"
                                        + " order; begin again without it."));
    }

    /// Tokens carry no signature, so a caller can make one up; stores rely on what is in them.
    private static boolean fits(Cursor cursor, Optional<ListFields.Kind> kind) {
        if (cursor.sortValue().indexOf('\0') >= 0 || cursor.id().indexOf('\0') >= 0) {
            return false;
        }
        return !(kind.orElse(null) instanceof ListFields.Kind.Time) || isTime(cursor.sortValue());
    }

    private static boolean isTime(String text) {
        try {
            var _ = Instant.parse(text);
            return true;
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    private static int limit(int pageSize) {
        return 1 + (pageSize == 0 ? DEFAULT_PAGE_SIZE : Math.min(pageSize, LARGEST_PAGE));
    }

    private static Optional<SortOrder> order(String orderBy, ListFields<?> fields) {
        List<String> words = List.of(WHITE_SPACE.split(orderBy.strip(), -1));
        String field = words.getFirst();
        if (field.isEmpty()) {
            return Optional.of(fields.natural());
        }
        String direction = words.size() > 1 ? words.getLast().toLowerCase(Locale.ROOT) : "asc";
        boolean known = words.size() <= 2 && (direction.equals("asc") || direction.equals("desc"));
        return known && fields.isSortable(field)
                ? Optional.of(new SortOrder(field, direction.equals("desc")))
                : Optional.empty();
    }
}
