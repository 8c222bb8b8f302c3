package io.campanile.application.query;

/// Ends the reading of a filter; becomes [ParsedQuery.Invalid] or [Page.Invalid].
public final class FilterInvalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param text what is wrong, and what to write instead
    public FilterInvalid(String text) {
        super(text, null, false, false);
    }

    FilterInvalid(int column, String what) {
        this(what.replaceFirst("\\.$", "") + " (character " + column + ").");
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
