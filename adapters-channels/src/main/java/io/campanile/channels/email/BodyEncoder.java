package io.campanile.channels.email;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A text part as it travels: lines end in CRLF and stay within what SMTP carries. As it is where
/// the server takes eight bits and no line is too long, quoted-printable (RFC 2045) otherwise.
record BodyEncoder(String transferEncoding, byte[] bytes) {
    /// RFC 5321, section 4.5.3.1.6, without the CRLF.
    private static final int LONGEST_LINE = 998;

    /// RFC 2045, section 6.7, with room for the `=` of a soft break.
    private static final int LONGEST_QUOTED_LINE = 75;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    static BodyEncoder encode(String text, boolean eightBit) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int longest = 0;
        int start = 0;
        boolean ascii = true;
        boolean odd = false;
        for (int at = 0; at < utf8.length; at++) {
            byte b = utf8[at];
            if (b >= ' ') {
                continue;
            }
            if (b == '\n' || b == '\r') {
                longest = Math.max(longest, at - start);
                start = at + 1;
            } else if (b < 0) {
                ascii = false;
            } else {
                odd |= b != '\t';
            }
        }
        longest = Math.max(longest, utf8.length - start);
        if (odd || longest > LONGEST_LINE || !(ascii || eightBit)) {
            return new BodyEncoder("quoted-printable", quoted(utf8));
        }
        return new BodyEncoder(ascii ? "7bit" : "8bit", withLineEnds(utf8));
    }

    boolean isEightBit() {
        return transferEncoding.equals("8bit");
    }

    private static byte[] withLineEnds(byte[] utf8) {
        var out = new ByteArrayOutputStream(utf8.length + utf8.length / 32 + 16);
        int start = 0;
        for (int at = 0; at < utf8.length; at++) {
            if (utf8[at] == '\n' || utf8[at] == '\r') {
                out.write(utf8, start, at - start);
                at = behindLineEnd(utf8, at) - 1;
                start = at + 1;
                crlf(out);
            }
        }
        out.write(utf8, start, utf8.length - start);
        return out.toByteArray();
    }

    private static byte[] quoted(byte[] utf8) {
        var out = new ByteArrayOutputStream(utf8.length + utf8.length / 8 + 16);
        int column = 0;
        for (int at = 0; at < utf8.length; at++) {
            byte b = utf8[at];
            if (b == '\n' || b == '\r') {
                at = behindLineEnd(utf8, at) - 1;
                crlf(out);
                column = 0;
                continue;
            }
            boolean plain = isPlain(utf8, at);
            if (column + (plain ? 1 : 3) > LONGEST_QUOTED_LINE) {
                out.write('=');
                crlf(out);
                column = 0;
            }
            column += plain ? 1 : 3;
            if (plain) {
                out.write(b);
            } else {
                out.write('=');
                out.write(HEX[(b >> 4) & 0xf]);
                out.write(HEX[b & 0xf]);
            }
        }
        return out.toByteArray();
    }

    /// Blanks at the end of a line would be lost on the way.
    private static boolean isPlain(byte[] utf8, int at) {
        byte b = utf8[at];
        if (b == ' ' || b == '\t') {
            return at + 1 < utf8.length && utf8[at + 1] != '\n' && utf8[at + 1] != '\r';
        }
        return b > ' ' && b < 0x7f && b != '=';
    }

    private static int behindLineEnd(byte[] utf8, int at) {
        boolean pair = utf8[at] == '\r' && at + 1 < utf8.length && utf8[at + 1] == '\n';
        return at + (pair ? 2 : 1);
    }

    private static void crlf(ByteArrayOutputStream out) {
        out.write('\r');
        out.write('\n');
    }
}
