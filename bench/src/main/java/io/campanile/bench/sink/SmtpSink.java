package io.campanile.bench.sink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// An SMTP server on loopback that takes everything and tells an [Arrivals] of each complete mail.
/// It does as little as a server can, so that what is measured is the sender.
public final class SmtpSink implements AutoCloseable {
    private final ServerSocket listener;
    private final Arrivals arrivals;

    /// Listens on the port, 0 for any free one.
    public SmtpSink(int port, Arrivals arrivals) throws IOException {
        this.arrivals = arrivals;
        listener = new ServerSocket(port, 512, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("sink-accept").start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                Thread.ofVirtual().name("sink-session").start(() -> serve(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new SinkSession(socket.getInputStream(), socket.getOutputStream(), arrivals).run();
        } catch (IOException _) {
            return; // the client went away without QUIT: its mails are counted
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
