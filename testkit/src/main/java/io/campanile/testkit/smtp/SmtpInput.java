package io.campanile.testkit.smtp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Reads lines and messages from a connection without copying more than it must.
final class SmtpInput {
    private static final int LONGEST_LINE = 16 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;

    SmtpInput(InputStream in) {
        this.in = in;
    }

    /// Whether more was sent already: replies can wait (RFC 2920).
    boolean hasMore() {
        return at < end;
    }

    void awaitByte() throws IOException {
        if (at == end) {
            fill();
        }
    }

    /// A line without its end, as UTF-8 (RFC 6531).
    String line() throws IOException {
        int from = at;
        int scanned = at;
        while (true) {
            for (; scanned < end; scanned++) {
                if (buffer[scanned] == '\n') {
                    int stop =
                            scanned > from && buffer[scanned - 1] == '\r' ? scanned - 1 : scanned;
                    at = scanned + 1;
                    return new String(buffer, from, stop - from, StandardCharsets.UTF_8);
                }
            }
            if (end - from > LONGEST_LINE) {
                throw new IOException("line too long");
            }
            scanned -= from;
            compact(from);
            from = 0;
            fill();
        }
    }

    private void compact(int from) {
        System.arraycopy(buffer, from, buffer, 0, end - from);
        end -= from;
        at = 0;
    }

    private void fill() throws IOException {
        if (at == end) {
            at = 0;
            end = 0;
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            throw new EOFException();
        }
        end += read;
    }

    /// A message up to its final dot, with doubled dots undone (RFC 5321, section 4.5.2).
    byte[] message() throws IOException {
        var data = new ByteArrayOutputStream(8 * 1024);
        // How much of "\r\n.\r" stands right before; a message begins as if after a line's end.
        int matched = 2;
        while (true) {
            awaitByte();
            int start = at;
            for (; at < end; at++) {
                byte next = buffer[at];
                if (matched == 2 && next == '.') {
                    data.write(buffer, start, at - start);
                    start = at + 1;
                    matched = 3;
                } else if (matched == 4 && next == '\n') {
                    at++;
                    return data.toByteArray();
                } else if (matched >= 3) {
                    if (matched == 4) {
                        data.write('\r');
                    }
                    matched = next == '\r' ? (matched == 3 ? 4 : 1) : 0;
                    start = matched == 4 ? at + 1 : start;
                } else {
                    matched = next == '\r' ? 1 : next == '\n' && matched == 1 ? 2 : 0;
                }
            }
            data.write(buffer, start, at - start);
        }
    }
}
