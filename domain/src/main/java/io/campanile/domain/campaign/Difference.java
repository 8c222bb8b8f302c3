package io.campanile.domain.campaign;

/// One difference between two definitions, to be read by people.
///
/// @param field the path inside the definition, such as `content.subject`
/// @param description such as `"Hello" became "Good morning"`, with the number of changed lines
///   where there are several
public record Difference(String field, String description) {}
