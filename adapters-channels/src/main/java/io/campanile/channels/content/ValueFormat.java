package io.campanile.channels.content;

import java.math.BigDecimal;

/// How JSON values are printed: numbers with the digits they were written with, never with an
/// exponent or a needless `.0`.
final class ValueFormat {
    /// Up to here every double that is whole stands for itself.
    private static final double LARGEST_EXACT = 0x1p53;

    private ValueFormat() {}

    static String format(Object value) {
        return switch (value) {
            case String text -> text;
            case Double real -> formatReal(real);
            case BigDecimal decimal -> decimal.toPlainString();
            // Asked for only to find out whether it is empty; contracts keep both from being
            // printed.
            case MapCollector.Part _ -> "parts";
            default -> value.toString();
        };
    }

    private static String formatReal(double real) {
        if (real == Math.rint(real) && Math.abs(real) <= LARGEST_EXACT) {
            return Long.toString((long) real);
        }
        return Double.isFinite(real)
                ? BigDecimal.valueOf(real).stripTrailingZeros().toPlainString()
                : Double.toString(real);
    }
}
