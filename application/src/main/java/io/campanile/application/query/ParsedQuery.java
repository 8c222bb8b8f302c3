package io.campanile.application.query;

/// What a [ListRequest] means.
public sealed interface ParsedQuery {
    /// The query asks for one entry more than a page holds, to know whether a page follows.
    record Valid(Query query, String digest) implements ParsedQuery {
        int pageSize() {
            return query.limit() - 1;
        }
    }

    /// The request cannot be understood.
    ///
    /// @param part what of it is wrong
    /// @param text what is wrong with it, with the place
    record Invalid(Part part, String text) implements ParsedQuery {}

    /// A part of a list request; its name in lower case is the field's name in the API.
    enum Part {
        FILTER,
        ORDER_BY,
        PAGE_SIZE,
        PAGE_TOKEN
    }
}
