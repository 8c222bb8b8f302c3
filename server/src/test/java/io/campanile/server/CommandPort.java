package io.campanile.server;

import io.campanile.server.command.Campanile;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Runs commands in this process for scripts, which would wait for a JVM to start each time. What
/// they say and what they complain of comes by one stream. A call that fails closes the port, so
/// that later ones fail at once.
final class CommandPort implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> options;
    private volatile boolean isOver;

    private CommandPort(ServerSocket socket, List<String> options) {
        this.socket = socket;
        this.options = options;
    }

    /// @param options that each command gets
    static CommandPort open(List<String> options) throws IOException {
        var port =
                new CommandPort(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), options);
        Thread.ofVirtual().name("commands").start(port::serve);
        return port;
    }

    /// A script that sends what it is told, says what it hears but for the last line, and ends with
    /// that.
    String launcher() {
        return """
        #!/bin/bash
        exec 3<>/dev/tcp/127.0.0.1/%d
        printf '%%s\\0' "$#" "$@" >&3
        said=$(cat <&3)
        printf '%%s' "${said%%$'\\n'*}"
        exit "${said##*$'\\n'}"
        """
                .formatted(socket.getLocalPort());
    }

    private void serve() {
        try (socket) {
            while (true) {
                try (Socket caller = socket.accept()) {
                    run(caller);
                }
            }
        } catch (IOException e) {
            if (!isOver) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void run(Socket caller) throws IOException {
        var arguments = arguments(new DataInputStream(caller.getInputStream()));
        var said = new PrintWriter(caller.getOutputStream(), true, StandardCharsets.UTF_8);
        int exitCode =
                Campanile.commandLine()
                        .setOut(said)
                        .setErr(said)
                        .execute(arguments.toArray(String[]::new));
        said.printf("%n%d%n", exitCode);
    }

    private List<String> arguments(DataInputStream in) throws IOException {
        int count = Integer.parseInt(word(in));
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arguments.add(word(in));
        }
        arguments.addAll(options);
        return arguments;
    }

    private static String word(DataInputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int next = in.readUnsignedByte(); next != 0; next = in.readUnsignedByte()) {
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        isOver = true;
        socket.close();
    }
}
