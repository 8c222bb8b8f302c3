package io.campanile.domain.channel;

import java.util.function.IntPredicate;

/// What an email address looks like: words joined by dots, `@`, labels joined by dots. Looked at
/// character by character: as a regular expression it took a twentieth of the server's time.
final class AddressShape {
    private static final char DELETE = 0x7F;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_LOCAL_PART = 64;

    /// Printable characters that mean something in an address of RFC 5321.
    private static final String SPECIALS = "@\"(),:;<>[]\\.";

    /// By character of ASCII: every decision looks at some hundred characters.
    private static final boolean[] OF_WORD = new boolean[0x80];

    static {
        for (char c = ' ' + 1; c < DELETE; c++) {
            OF_WORD[c] = SPECIALS.indexOf(c) < 0;
        }
    }

    private static final int LETTER_OR_NUMBER =
            types(
                    Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER);

    /// Vowel signs and tone marks of many scripts are marks, not letters; none begins a label.
    private static final int LETTER_NUMBER_OR_MARK =
            LETTER_OR_NUMBER
                    | types(
                            Character.NON_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.COMBINING_SPACING_MARK);

    /// Characters that are invisible, or shown to some readers only, as text copied from a table or
    /// a web page may have. Unassigned ones are among them: a later Unicode version may compose
    /// these in another way, and the text would be another address then.
    private static final int UNSEEN =
            types(
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR);

    private AddressShape() {}

    private static int types(byte... types) {
        int all = 0;
        for (byte type : types) {
            all |= 1 << type;
        }
        return all;
    }

    private static boolean isAny(int types, int codePoint) {
        return (types >> Character.getType(codePoint) & 1) != 0;
    }

    static boolean fits(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && at <= LONGEST_LOCAL_PART
                && isLocalPart(text.substring(0, at))
                && isDomain(text.substring(at + 1));
    }

    private static boolean isLocalPart(String text) {
        return !text.startsWith(".")
                && !text.endsWith(".")
                && !text.contains("..")
                && all(text, c -> c == '.' || isOfWord(c));
    }

    private static boolean isOfWord(int c) {
        return c < OF_WORD.length ? OF_WORD[c] : !isAny(UNSEEN, c);
    }

    /// Whether there is a character beyond ASCII that nobody sees.
    static boolean hidesSomething(String text) {
        return !all(text, c -> c < 0x7F || !isAny(UNSEEN, c));
    }

    private static boolean isDomain(String text) {
        int start = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
            if (!isLabel(text.substring(start, dot))) {
                return false;
            }
            start = dot + 1;
        }
        return isLabel(text.substring(start));
    }

    private static boolean isLabel(String text) {
        return !text.isEmpty()
                && text.codePointCount(0, text.length()) <= LONGEST_LABEL
                && isAny(LETTER_OR_NUMBER, text.codePointAt(0))
                && !text.endsWith("-")
                && all(text, c -> c == '-' || isAny(LETTER_NUMBER_OR_MARK, c));
    }

    private static boolean all(String text, IntPredicate allowed) {
        int next;
        for (int i = 0; i < text.length(); i += Character.charCount(next)) {
            next = text.codePointAt(i);
            if (!allowed.test(next)) {
                return false;
            }
        }
        return true;
    }
}
