package io.campanile.server.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// A mail server on loopback that takes every mail and sends none on.
final class Inbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final ServerSocket socket;
    private final Consumer<Mail> arrivals;
    private final List<Mail> mails = new ArrayList<>();

    private Inbox(ServerSocket socket, Consumer<Mail> arrivals) {
        this.socket = socket;
        this.arrivals = arrivals;
    }

    /// A mail as it arrived.
    ///
    /// @param recipient as the envelope has it
    /// @param content headers and body, lines ended by `\r\n`
    record Mail(String recipient, byte[] content) {
        @Override
        public String toString() {
            return "Mail[%d bytes]".formatted(content.length);
        }
    }

    /// Opens on a port of its own.
    ///
    /// @param arrivals told about each mail, before the sender is
    static Inbox open(Consumer<Mail> arrivals) throws IOException {
        var inbox = new Inbox(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), arrivals);
        Thread.ofVirtual().name("inbox").start(inbox::accept);
        return inbox;
    }

    int port() {
        return socket.getLocalPort();
    }

    synchronized List<Mail> mails() {
        return List.copyOf(mails);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                Thread.ofVirtual().name("inbox").start(() -> serve(connection));
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                // Latin-1 keeps every byte as it is.
                var in =
                        new BufferedReader(
                                new InputStreamReader(
                                        connection.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = connection.getOutputStream()) {
            reply(out, "220 inbox.example.com ready");
            List<String> recipients = new ArrayList<>();
            String line;
            while ((line = in.readLine()) != null && answer(line, recipients, in, out)) {
                // Until the sender leaves.
            }
        } catch (IOException e) {
            LOG.debug("a sender left", e);
        }
    }

    private boolean answer(
            String line, List<String> recipients, BufferedReader in, OutputStream out)
            throws IOException {
        String command = line.toUpperCase(Locale.ROOT);
        if (command.startsWith("EHLO")) {
            reply(out, "250-inbox.example.com\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING");
        } else if (command.startsWith("RCPT TO:")) {
            recipients.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
            reply(out, "250 2.1.5 ok");
        } else if (command.equals("DATA")) {
            reply(out, "354 go on");
            take(recipients, content(in));
            recipients.clear();
            reply(out, "250 2.0.0 taken");
        } else if (command.equals("QUIT")) {
            reply(out, "221 2.0.0 bye");
            return false;
        } else {
            reply(out, "250 2.0.0 ok");
        }
        return true;
    }

    private synchronized void take(List<String> recipients, byte[] content) {
        for (String recipient : recipients) {
            var mail = new Mail(recipient, content);
            mails.add(mail);
            arrivals.accept(mail);
        }
    }

    private static byte[] content(BufferedReader in) throws IOException {
        var content = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return content.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void reply(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
