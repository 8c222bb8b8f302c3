package io.campanile.server.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import io.campanile.server.settings.Setting;
import io.campanile.server.settings.SettingsReader;

import org.slf4j.LoggerFactory;

import java.util.Locale;
import java.util.Map;

/// Sets how much is logged.
final class LogLevels {
    private LogLevels() {}

    /// As the environment says, for a command whose other settings are its own.
    static void set(Map<String, String> environment, Setting.LogLevel fallback) {
        String name = "CAMPANILE_LOG_LEVEL";
        String value = environment.getOrDefault(name, fallback.name().toLowerCase(Locale.ROOT));
        set(SettingsReader.read(Map.of(), Map.of(name, value)).logLevel());
    }

    /// Libraries that are kept to warnings follow to less.
    static void set(Setting.LogLevel level) {
        Level said = Level.toLevel(level.name());
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(said);
            Level ofLibraries = said.isGreaterOrEqual(Level.WARN) ? said : Level.WARN;
            root.getLoggerContext().getLoggerList().stream()
                    .filter(logger -> logger != root && logger.getLevel() != null)
                    .forEach(logger -> logger.setLevel(ofLibraries));
        }
    }
}
