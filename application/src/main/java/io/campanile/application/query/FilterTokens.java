package io.campanile.application.query;

import java.util.ArrayList;
import java.util.List;

/// Cuts a filter into pieces.
final class FilterTokens {
    private static final String OPERATOR_CHARACTERS = "=!<>:";

    private final String text;
    private final List<FilterToken> tokens = new ArrayList<>();
    private int at;

    private FilterTokens(String text) {
        this.text = text;
    }

    /// The pieces, an end last.
    ///
    /// @throws FilterInvalid when a quote is not closed
    static List<FilterToken> of(String text) {
        var scanner = new FilterTokens(text);
        while (scanner.at < text.length()) {
            scanner.next();
        }
        scanner.add(FilterToken.Kind.END, "", text.length());
        return scanner.tokens;
    }

    private void next() {
        int start = at;
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '(') {
            at++;
            add(FilterToken.Kind.OPEN, "(", start);
        } else if (c == ')') {
            at++;
            add(FilterToken.Kind.CLOSE, ")", start);
        } else if (c == '"' || c == '\'') {
            add(FilterToken.Kind.QUOTED, quoted(c), start);
        } else if (OPERATOR_CHARACTERS.indexOf(c) >= 0) {
            at += at + 1 < text.length() && text.charAt(at + 1) == '=' && c != ':' ? 2 : 1;
            add(FilterToken.Kind.OPERATOR, text.substring(start, at), start);
        } else {
            while (at < text.length() && isWordCharacter(text.charAt(at))) {
                at++;
            }
            add(FilterToken.Kind.WORD, text.substring(start, at), start);
        }
    }

    private String quoted(char quote) {
        int start = at++;
        var value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw new FilterInvalid(start + 1, "The quote is not closed.");
        }
        at++;
        return value.toString();
    }

    private static boolean isWordCharacter(char c) {
        return !Character.isWhitespace(c)
                && c != '('
                && c != ')'
                && c != '"'
                && c != '\''
                && OPERATOR_CHARACTERS.indexOf(c) < 0;
    }

    private void add(FilterToken.Kind kind, String value, int start) {
        tokens.add(new FilterToken(kind, value, start + 1));
    }
}
