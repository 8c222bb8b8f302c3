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

    /// How error messages name it: without what it says, which may be somebody's address.
    String described() {
        return switch (kind) {
            case END -> "the end";
            case QUOTED -> "a value";
            case WORD -> "a word";
            case OPERATOR, OPEN, CLOSE -> text;
        };
    }
}
