package io.campanile.persistence.content;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes JSON as RFC 8785 wants it, but that numbers keep all their digits: members sorted by
/// their UTF-16 code units, no white space, one spelling for each text and, unless decimals are to
/// keep theirs, for each number.
final class CanonicalJson {
    /// ECMAScript writes numbers out between these bounds, and with an exponent beyond them.
    private static final BigDecimal LARGEST_PLAIN = new BigDecimal("1e21");

    private static final BigDecimal SMALLEST_PLAIN = new BigDecimal("1e-6");

    /// As many digits before the point, or zeros behind it, as those bounds have.
    private static final int MOST_WHOLE_DIGITS = 21;

    private static final int MOST_LEADING_ZEROS = 5;

    private final boolean keepsSpellings;
    private final StringBuilder out = new StringBuilder(512);
    private boolean isCanonical = true;

    private CanonicalJson(boolean keepsSpellings) {
        this.keepsSpellings = keepsSpellings;
    }

    /// One spelling for each number.
    static CanonicalJson canonical() {
        return new CanonicalJson(false);
    }

    /// Decimals keep the zeros at their end: people are shown them.
    static CanonicalJson keepingSpellings() {
        return new CanonicalJson(true);
    }

    /// Whether all that was written is spelled as the canonical form has it.
    boolean isCanonical() {
        return isCanonical;
    }

    /// Appends a text, number, boolean, null, list or map with text keys.
    CanonicalJson write(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> writeText(text);
            case Boolean flag -> out.append(flag.booleanValue());
            case Number number -> writeNumber(number);
            case List<?> list -> writeList(list);
            case Map<?, ?> map -> writeMap(map);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
        return this;
    }

    private void writeMap(Map<?, ?> map) {
        var sorted = new TreeMap<String, @Nullable Object>();
        map.forEach((name, value) -> sorted.put((String) name, value));
        out.append('{');
        String separator = "";
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            out.append(separator);
            writeText(member.getKey());
            out.append(':');
            write(member.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void writeList(List<?> list) {
        out.append('[');
        String separator = "";
        for (Object element : list) {
            out.append(separator);
            write(element);
            separator = ",";
        }
        out.append(']');
    }

    private void writeNumber(Number number) {
        switch (number) {
            case Integer integer -> out.append(integer.intValue());
            case Long integer -> out.append(integer.longValue());
            case BigInteger integer -> writeDecimal(new BigDecimal(integer));
            case BigDecimal decimal when keepsSpellings -> writeSpelled(decimal);
            case BigDecimal decimal -> writeDecimal(decimal);
            case Double decimal -> writeDecimal(BigDecimal.valueOf(decimal));
            case Float decimal -> writeDecimal(new BigDecimal(decimal.toString()));
            default ->
                    throw new IllegalArgumentException("not a JSON number: " + number.getClass());
        }
    }

    /// So that the same scale is read again. A number that would be long written out, which its
    /// caller did not do either, has an exponent.
    private void writeSpelled(BigDecimal number) {
        int start = out.length();
        writeDecimal(number);
        int wholeDigits = number.precision() - number.scale();
        String spelled =
                wholeDigits <= MOST_WHOLE_DIGITS && -wholeDigits <= MOST_LEADING_ZEROS
                        ? number.toPlainString()
                        : number.unscaledValue() + "e" + -number.scale();
        if (!out.substring(start).equals(spelled)) {
            isCanonical = false;
            out.replace(start, out.length(), spelled);
        }
    }

    private void writeDecimal(BigDecimal number) {
        BigDecimal size = number.abs();
        if (number.signum() == 0) {
            out.append('0');
        } else if (size.compareTo(LARGEST_PLAIN) < 0 && size.compareTo(SMALLEST_PLAIN) >= 0) {
            out.append(number.stripTrailingZeros().toPlainString());
        } else {
            BigDecimal stripped = number.stripTrailingZeros();
            int exponent = stripped.precision() - stripped.scale() - 1;
            out.append(stripped.movePointLeft(exponent).stripTrailingZeros().toPlainString())
                    .append(exponent < 0 ? "e-" : "e+")
                    .append(Math.abs(exponent));
        }
    }

    private void writeText(String text) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(text, written, i);
                writeEscaped(c);
                written = i + 1;
            }
        }
        out.append(text, written, text.length()).append('"');
    }

    private void writeEscaped(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                    out.append("\\u00")
                            .append(c < 16 ? '0' : '1')
                            .append(Character.forDigit(c & 15, 16));
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
