package io.campanile.domain.content;

/// What a recipient's data lacks or has wrong; never holds a value.
///
/// @param path such as `context.items[3].name`
public record Violation(String path, String description) {}
