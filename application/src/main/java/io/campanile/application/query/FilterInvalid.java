package io.campanile.application.query;

/// Ends the parsing of a filter; becomes [ParsedQuery.Invalid].
final class FilterInvalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    FilterInvalid(int column, String what) {
        super(what.replaceFirst("\\.$", "") + " (character " + column + ").", null, false, false);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
