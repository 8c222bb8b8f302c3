package io.campanile.application.query;

/// A piece of a filter.
///
/// @param text without quotes and escapes
/// @param column where it begins, counting from 1
record FilterToken(Kind kind, String text, int column) {
    enum Kind {
        /// A name, a keyword or an unquoted value.
        WORD,
        QUOTED,
        OPERATOR,
        OPEN,
        CLOSE,
        END
    }

    boolean isKeyword(String keyword) {
        return kind == Kind.WORD && text.equals(keyword);
    }

    /// How error messages name it.
    String described() {
        return switch (kind) {
            case END -> "the end";
            case QUOTED -> "\"" + text + "\"";
            case WORD, OPERATOR, OPEN, CLOSE -> text;
        };
    }
}
