package io.campanile.server.launcher;

/// Stands for the server in the launcher's test.
final class EchoArguments {
    private EchoArguments() {}

    static void main(String[] arguments) {
        IO.println("java " + Runtime.version().feature() + " " + String.join("|", arguments));
    }
}
