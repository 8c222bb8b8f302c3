package io.campanile.application.query;

/// A list call as its caller wrote it.
///
/// @param filter empty for everything
/// @param orderBy a field, maybe followed by `desc`; empty for the list's natural order
/// @param pageSize 0 for 50; more than 500 counts as 500
/// @param pageToken the `next_page_token` of the page before, made for the same list with the same
///   filter and order; empty for the first page
/// @param list which list it is, so that tokens of others are refused; empty where callers see no
///   tokens
public record ListRequest(
        String filter, String orderBy, int pageSize, String pageToken, String list) {
    /// The first page of everything.
    public static final ListRequest EVERYTHING = new ListRequest("", "", 0, "");

    /// A list whose tokens nobody else sees.
    public ListRequest(String filter, String orderBy, int pageSize, String pageToken) {
        this(filter, orderBy, pageSize, pageToken, "");
    }
}
