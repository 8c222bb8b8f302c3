package io.campanile.server.command;

import io.campanile.server.node.NodeDatabase;
import io.campanile.server.settings.Setting;

/// The database of a command that runs no node.
final class CommandDatabase {
    private CommandDatabase() {}

    /// Closes it also when the process is told to end before: nobody else would stop an embedded
    /// one.
    static NodeDatabase closedAtExit(NodeDatabase database) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(database), "close-database"));
        } catch (IllegalStateException e) {
            // It ends already.
            database.close();
            throw e;
        }
        return database;
    }

    private static void end(NodeDatabase database) {
        // The pool would tell at length that somebody was cut off.
        LogLevels.set(Setting.LogLevel.ERROR);
        database.close();
    }
}
