package io.campanile.server.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import io.campanile.server.settings.Setting;

import org.slf4j.LoggerFactory;

/// Sets how much is logged.
final class LogLevels {
    private LogLevels() {}

    static void set(Setting.LogLevel level) {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.toLevel(level.name()));
        }
    }
}
