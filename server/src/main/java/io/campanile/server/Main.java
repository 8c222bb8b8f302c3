package io.campanile.server;

import io.campanile.server.command.Campanile;

/// Where the program starts.
public final class Main {
    private Main() {}

    static void main(String[] arguments) {
        System.exit(Campanile.commandLine().execute(arguments));
    }
}
