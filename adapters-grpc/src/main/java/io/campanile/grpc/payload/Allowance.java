package io.campanile.grpc.payload;

import io.campanile.domain.trigger.ViolationReason;

/// Counts how much of a limit has been used, in bytes of UTF-8 JSON.
public final class Allowance {
    /// What one recipient may carry, as UTF-8 JSON.
    public static final int OF_RECIPIENT = 200 * 1024;

    private final String what;
    private final int limit;
    private int left;

    /// Nothing has been used yet.
    ///
    /// @param what the limit is for, in the plural
    public Allowance(String what, int limit) {
        this.what = what;
        this.limit = limit;
        this.left = limit;
    }

    /// Takes a text with its quotes and separator.
    void take(String text, PayloadPath path) throws PayloadRefused {
        take(3 + length(text, path), path);
    }

    /// Takes any other value with its separator.
    void take(int bytes, PayloadPath path) throws PayloadRefused {
        left -= bytes;
        if (left < 0) {
            throw path.root()
                    .refuse(
                            ViolationReason.CONTEXT_TOO_LARGE,
                            what + " are larger than " + limit + " bytes");
        }
    }

    /// Length in UTF-8, refusing what cannot be stored or sent.
    private static int length(String text, PayloadPath path) throws PayloadRefused {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (c == 0) {
                    throw path.refuse(
                            ViolationReason.CHARACTER_NOT_ALLOWED, "contains a NUL character");
                }
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                length += 2;
                i++;
            } else if (Character.isSurrogate(c)) {
                throw path.refuse(
                        ViolationReason.CHARACTER_NOT_ALLOWED, "contains half a surrogate pair");
            } else {
                length += c < 0x800 ? 1 : 2;
            }
        }
        return length;
    }
}
