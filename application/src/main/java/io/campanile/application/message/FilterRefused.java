package io.campanile.application.message;

/// Ends the reading of a filter that can be parsed and that this kind of list has no use for;
/// becomes a [io.campanile.application.query.Page.Invalid].
final class FilterRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param text what is wrong, and what to write instead
    FilterRefused(String text) {
        super(text, null, false, false);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
