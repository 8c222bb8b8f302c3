package io.campanile.server;

import io.campanile.server.command.Campanile;
import io.campanile.server.logging.OneLog;

import java.util.Locale;

/// Where the program starts.
public final class Main {
    private Main() {}

    static void main(String[] arguments) {
        // What programs read, such as the port in a URL, is written with ordinary digits anywhere.
        Locale.setDefault(Locale.ROOT);
        OneLog.install();
        System.exit(Campanile.commandLine().execute(arguments));
    }
}
