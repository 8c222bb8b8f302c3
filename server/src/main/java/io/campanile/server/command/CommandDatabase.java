package io.campanile.server.command;

import io.campanile.server.node.NodeDatabase;
import io.campanile.server.settings.Setting;

import java.time.Duration;
import java.util.function.Supplier;

/// The database of a command that runs no node.
final class CommandDatabase {
    /// Longer than a PostgreSQL takes that need not recover.
    private static final Duration MOST_OPENING = Duration.ofSeconds(30);

    private CommandDatabase() {}

    /// Closes it also when the process is told to end before, or while it is opened: nobody else
    /// would stop an embedded one.
    static NodeDatabase closedAtExit(Supplier<NodeDatabase> how) {
        var opening = new Opening<NodeDatabase>();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> opening.await(MOST_OPENING).ifPresent(CommandDatabase::end),
                                "close-database"));
        return opening.open(how);
    }

    private static void end(NodeDatabase database) {
        // The pool would tell at length that somebody was cut off.
        LogLevels.set(Setting.LogLevel.ERROR);
        database.close();
    }
}
