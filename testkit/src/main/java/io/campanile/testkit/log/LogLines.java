package io.campanile.testkit.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// What is written to a logger of the JDK, or to one below it, until this is closed. Other tests of
/// the JVM may write as well.
public final class LogLines extends Handler implements AutoCloseable {
    private final Logger logger;
    private final Formatter formatter = new SimpleFormatter();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LogLines(Logger logger) {
        this.logger = logger;
        logger.addHandler(this);
    }

    /// From now on.
    ///
    /// @param logger the name of a class, or of a package
    public static LogLines of(String logger) {
        return new LogLines(Logger.getLogger(logger));
    }

    /// Each with its level, such as `WARNING claiming waits for the database`.
    public List<String> all() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getLevel() + " " + formatter.formatMessage(line));
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
