package io.campanile.server;

import io.campanile.server.command.Campanile;
import io.campanile.server.logging.OneLog;

/// Where the program starts.
public final class Main {
    private Main() {}

    static void main(String[] arguments) {
        OneLog.install();
        System.exit(Campanile.commandLine().execute(arguments));
    }
}
