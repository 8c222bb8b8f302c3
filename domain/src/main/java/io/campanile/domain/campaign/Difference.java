package io.campanile.domain.campaign;

/// One difference between two definitions, to be read by people.
///
/// @param field the path inside the definition, such as `content.subject`
/// @param description such as `"Hello" became "Good morning"`, or how many lines of a long text
///   changed
public record Difference(String field, String description) {}
