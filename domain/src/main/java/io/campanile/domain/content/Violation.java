package io.campanile.domain.content;

/// What a recipient's data lacks or has wrong; never holds a value.
///
/// @param path such as `context.items[3].name`
public record Violation(String path, Problem problem, String description) {
    /// The kind of fault, for programs.
    public enum Problem {
        MISSING,
        WRONG_TYPE
    }
}
