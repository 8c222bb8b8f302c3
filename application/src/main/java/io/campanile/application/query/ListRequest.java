package io.campanile.application.query;

/// A list call as its caller wrote it.
///
/// @param filter empty for everything
/// @param orderBy a field, maybe followed by `desc`; empty for the list's natural order
/// @param pageSize 0 for 50; more than 500 counts as 500
/// @param pageToken the `next_page_token` of the page before, made with the same filter and order;
///   empty for the first page
public record ListRequest(String filter, String orderBy, int pageSize, String pageToken) {
    /// The first page of everything.
    public static final ListRequest EVERYTHING = new ListRequest("", "", 0, "");
}
