package io.campanile.bench.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;

/// One connection. Replies are written when nothing more has been read, so that pipelined commands
/// are answered in one packet.
final class SinkSession {
    private static final byte[] END = {'\r', '\n', '.', '\r', '\n'};
    private static final byte[] OK = reply("250 2.0.0 ok");
    private static final byte[] GO_AHEAD = reply("354 go ahead");
    private static final byte[] BYE = reply("221 2.0.0 bye");
    private static final byte[] CAPABILITIES =
            (new String(reply("250-sink"), ISO_8859_1)
                            + new String(reply("250-PIPELINING"), ISO_8859_1)
                            + new String(reply("250-8BITMIME"), ISO_8859_1)
                            + new String(reply("250 SIZE 10485760"), ISO_8859_1))
                    .getBytes(ISO_8859_1);

    private final InputStream in;
    private final OutputStream out;
    private final Arrivals arrivals;

    private byte[] buffer = new byte[32 * 1024];
    private int from;
    private int to;
    private byte[] replies = new byte[1024];
    private int replied;
    private String recipient = "";

    SinkSession(InputStream in, OutputStream out, Arrivals arrivals) {
        this.in = in;
        this.out = out;
        this.arrivals = arrivals;
    }

    void run() throws IOException {
        answer(reply("220 sink ESMTP"));
        for (String line = line(); line != null; line = line()) {
            String command = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
            switch (command) {
                case "EHLO", "HELO" -> answer(CAPABILITIES);
                case "RCPT" -> {
                    recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                    answer(OK);
                }
                case "DATA" -> {
                    answer(GO_AHEAD);
                    takeMail();
                    answer(OK);
                }
                case "QUIT" -> {
                    answer(BYE);
                    flush();
                    return;
                }
                default -> answer(OK);
            }
        }
    }

    private void takeMail() throws IOException {
        int start = from;
        int matched = 2; // the mail may be empty: the line break of DATA counts
        int at = from;
        while (true) {
            while (at < to) {
                byte next = buffer[at++];
                if (next == END[matched]) {
                    matched++;
                } else {
                    matched = next == '\r' ? 1 : 0;
                }
                if (matched == END.length) {
                    arrivals.take(recipient, messageId(start, at));
                    from = at;
                    return;
                }
            }
            int read = at - start;
            from = start;
            if (!fill()) {
                throw new IOException("cut inside a mail");
            }
            start = from;
            at = start + read;
        }
    }

    // The header field is somewhere near the top; the body is not looked at.
    private String messageId(int start, int end) {
        var header = new String(buffer, start, Math.min(end - start, 2048), ISO_8859_1);
        int field = header.toLowerCase(Locale.ROOT).indexOf("\nmessage-id:");
        int open = header.indexOf('<', Math.max(0, field));
        int close = header.indexOf('>', Math.max(0, open));
        return field < 0 || close < 0 ? "without " + recipient : header.substring(open + 1, close);
    }

    private @Nullable String line() throws IOException {
        int at = from;
        while (true) {
            for (; at < to; at++) {
                if (buffer[at] == '\n') {
                    var line = new String(buffer, from, at - from, ISO_8859_1).stripTrailing();
                    from = at + 1;
                    return line;
                }
            }
            int read = at - from;
            if (!fill()) {
                return null;
            }
            at = from + read;
        }
    }

    /// Reads more behind what is unread, which it moves to the front when there is no room.
    private boolean fill() throws IOException {
        flush();
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, to, buffer.length - to);
        to += Math.max(0, read);
        return read > 0;
    }

    private void answer(byte[] reply) {
        if (replied + reply.length > replies.length) {
            replies = Arrays.copyOf(replies, 2 * (replied + reply.length));
        }
        System.arraycopy(reply, 0, replies, replied, reply.length);
        replied += reply.length;
    }

    private void flush() throws IOException {
        if (replied > 0) {
            out.write(replies, 0, replied);
            replied = 0;
        }
    }

    private static byte[] reply(String text) {
        return (text + "\r\n").getBytes(ISO_8859_1);
    }
}
