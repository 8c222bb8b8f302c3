package io.campanile.channels.email;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;

/// A socket whose flushes can be held back, so that commands Angus flushes one by one travel
/// together (RFC 2920), and that ends replies without end; under TLS as well.
final class HeldSocket extends Socket {
    /// What may come for one reply. A line has at most 512 bytes (RFC 5321, section 4.5.3.1.5), but
    /// nobody limits their number; and with the reply to `STARTTLS` a handshake comes, with up to
    /// 32 KiB of certificates. Counted are bytes as they travel, of which a secured reply has more.
    static final int MOST_REPLY_BYTES = 64 << 10;

    private @Nullable HeldStream out;
    private @Nullable CountedStream in;

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
        return stream();
    }

    private synchronized HeldStream stream() throws IOException {
        if (out == null) {
            out = new HeldStream(super.getOutputStream());
        }
        return out;
    }

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        return counted();
    }

    private synchronized CountedStream counted() throws IOException {
        if (in == null) {
            in = new CountedStream(super.getInputStream());
        }
        return in;
    }

    /// From now on another reply is read.
    void beginReply() throws IOException {
        counted().bytes = 0;
    }

    void hold() throws IOException {
        stream().held = true;
    }

    void letGo() throws IOException {
        HeldStream stream = stream();
        stream.held = false;
        stream.flush();
    }

    private static final class HeldStream extends BufferedOutputStream {
        private volatile boolean held;

        HeldStream(OutputStream out) {
            super(out, 16 * 1024);
        }

        @Override
        public synchronized void flush() throws IOException {
            if (!held) {
                super.flush();
            }
        }
    }

    /// Angus keeps all of a reply in memory, however long that becomes.
    private static final class CountedStream extends FilterInputStream {
        private volatile int bytes;

        CountedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int more) throws IOException {
            int now = bytes + more;
            bytes = now;
            if (now > MOST_REPLY_BYTES) {
                // TLS passes this kind on as it is; any other would look like a fault of TLS.
                throw new SocketException("a reply has no end");
            }
        }
    }
}
