package io.campanile.channels.email;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/// A socket whose flushes can be held back, so that commands Angus flushes one by one travel
/// together (RFC 2920), under TLS as well.
final class HeldSocket extends Socket {
    private @Nullable HeldStream out;

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
}
