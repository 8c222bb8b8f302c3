package io.campanile.application.query;

import java.util.List;
import java.util.function.Function;

/// What a list call came to.
public sealed interface Page<T> {
    /// A page; the token is empty when it is the last.
    ///
    /// @param tokenAfter the token of a page that begins after one of the entries
    record Found<T>(List<T> entries, String nextPageToken, Function<T, String> tokenAfter)
            implements Page<T> {
        public Found {
            entries = List.copyOf(entries);
        }
    }

    /// The request cannot be understood; see [ParsedQuery.Invalid].
    record Invalid<T>(ParsedQuery.Part part, String text) implements Page<T> {}

    /// Asks a store for the page and makes the token of the next.
    ///
    /// @param store may throw [FilterInvalid]
    static <T> Page<T> of(
            ListRequest request, ListFields<T> fields, Function<Query, List<T>> store) {
        return ofSlice(request, fields, query -> Slice.last(store.apply(query)));
    }

    /// As [#of], from a store that looks at so much at once only: a page that is short, or empty,
    /// may have a token all the same.
    static <T> Page<T> ofSlice(
            ListRequest request, ListFields<T> fields, Function<Query, Slice<T>> store) {
        return switch (QueryParser.parse(request, fields)) {
            case ParsedQuery.Invalid(var part, var text) -> new Invalid<>(part, text);
            case ParsedQuery.Valid valid -> {
                Slice<T> slice;
                try {
                    slice = store.apply(valid.query());
                } catch (FilterInvalid e) {
                    yield new Invalid<>(ParsedQuery.Part.FILTER, e.text());
                }
                List<T> entries = slice.entries();
                Function<T, String> tokenAfter =
                        entry ->
                                PageToken.encode(
                                        fields.cursor(entry, valid.query().order()),
                                        valid.digest());
                if (entries.size() <= valid.pageSize()) {
                    Cursor next = slice.next();
                    yield new Found<>(
                            entries,
                            next == null ? "" : PageToken.encode(next, valid.digest()),
                            tokenAfter);
                }
                List<T> page = entries.subList(0, valid.pageSize());
                yield new Found<>(page, tokenAfter.apply(page.getLast()), tokenAfter);
            }
        };
    }
}
