package io.campanile.domain.content;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the JSON an author writes as an example or default (RFC 8259). Strings, `Long`,
/// `BigInteger`, `BigDecimal`, booleans, lists, maps and null come out.
final class JsonText {
    private static final int DEEPEST = 32;

    /// Up to this, doubles tell all whole numbers apart.
    private static final BigDecimal EXACT = BigDecimal.valueOf(1L << 53);

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /// A JSON value that may be null.
    record Value(@Nullable Object value) {}

    /// The value, or nothing when the text is not exactly one JSON value.
    static Optional<Value> parse(String text) {
        var reader = new JsonText(text);
        try {
            var value = new Value(reader.value(0));
            reader.skipBlanks();
            return reader.at == text.length() ? Optional.of(value) : Optional.empty();
        } catch (Malformed _) {
            return Optional.empty();
        }
    }

    private @Nullable Object value(int depth) {
        skipBlanks();
        if (depth > DEEPEST) {
            throw new Malformed();
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        at++;
        if (closes('}')) {
            return fields;
        }
        do {
            skipBlanks();
            String name = string();
            expect(':');
            if (fields.containsKey(name)) {
                throw new Malformed();
            }
            fields.put(name, value(depth + 1));
        } while (goesOn('}'));
        return fields;
    }

    private List<@Nullable Object> list(int depth) {
        var elements = new ArrayList<@Nullable Object>();
        at++;
        if (closes(']')) {
            return elements;
        }
        do {
            elements.add(value(depth + 1));
        } while (goesOn(']'));
        return elements;
    }

    private boolean closes(char closing) {
        skipBlanks();
        if (peek() != closing) {
            return false;
        }
        at++;
        return true;
    }

    private boolean goesOn(char closing) {
        if (closes(closing)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() {
        expect('"');
        var value = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw new Malformed();
            }
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw new Malformed();
        };
    }

    private char unicode() {
        int value = 0;
        for (int digit = 0; digit < 4; digit++) {
            int hex = Character.digit(next(), 16);
            if (hex < 0) {
                throw new Malformed();
            }
            value = value * 16 + hex;
        }
        return (char) value;
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        if (!digits.matches("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?([eE][+-]?[0-9]{1,3})?")) {
            throw new Malformed();
        }
        if (digits.matches("-?[0-9]+")) {
            var whole = new BigInteger(digits);
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
        }
        return wholeOr(new BigDecimal(digits));
    }

    /// The API carries examples and defaults as doubles, which write 3 as `3.0`: the ones that are
    /// whole and exact are meant as they are read.
    private static Object wholeOr(BigDecimal number) {
        boolean whole = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
        return whole && number.abs().compareTo(EXACT) <= 0
                ? (Object) number.longValueExact()
                : number;
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw new Malformed();
        }
        at += word.length();
        return value;
    }

    private void expect(char expected) {
        skipBlanks();
        if (next() != expected) {
            throw new Malformed();
        }
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at == text.length()) {
            throw new Malformed();
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    /// Ends the reading of a text that is not JSON; never leaves this class.
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed() {
            super("not JSON", null, false, false);
        }
    }
}
