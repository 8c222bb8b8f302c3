package io.campanile.application.query;

/// How a list is ordered; entries that are equal in the field are ordered by their id, in the same
/// direction.
///
/// @param field one of the list's [ListFields], as spelled there
public record SortOrder(String field, boolean descending) {}
