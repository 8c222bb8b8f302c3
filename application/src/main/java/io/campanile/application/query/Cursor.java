package io.campanile.application.query;

/// Where a page begins: after this entry.
///
/// @param sortValue the entry's value of the field ordered by; times as in [java.time.Instant]
/// @param id the entry's id, the last part of its name
public record Cursor(String sortValue, String id) {}
