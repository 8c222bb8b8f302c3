package io.campanile.application.query;

import org.jspecify.annotations.Nullable;

/// What a store is asked for: one page of a list.
///
/// @param after absent for the first page
/// @param limit how many entries at most
public record Query(Filter filter, SortOrder order, @Nullable Cursor after, int limit) {
    /// The same page of what another filter leaves.
    public Query with(Filter newFilter) {
        return new Query(newFilter, order, after, limit);
    }
}
