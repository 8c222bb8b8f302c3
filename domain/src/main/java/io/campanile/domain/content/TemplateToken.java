package io.campanile.domain.content;

import io.campanile.domain.content.TemplateNode.Position;

/// What the scanner cuts a template into, before sections are matched.
sealed interface TemplateToken {
    record Text(String value) implements TemplateToken {}

    /// A pair of braces.
    ///
    /// @param name what stands between the braces after the sigil, without blanks around it
    record Tag(Kind kind, String name, Position position) implements TemplateToken {}

    enum Kind {
        ESCAPED,
        RAW,
        SECTION,
        INVERTED,
        CLOSE,
        COMMENT,
        PARTIAL,
        PARENT,
        BLOCK,
        DELIMITERS
    }
}
