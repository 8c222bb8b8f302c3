package io.campanile.domain.content;

/// Texts that show nothing.
public final class Blanks {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Blanks() {}

    /// Whether there is nothing but blanks, those that break no line among them: what `\s` means in
    /// the expressions of a JSON Schema (ECMA-262).
    public static boolean isBlank(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!isBlank(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(char c) {
        return (c >= '\t' && c <= '\r') || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK;
    }
}
