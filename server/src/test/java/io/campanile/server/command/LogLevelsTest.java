package io.campanile.server.command;

import static ch.qos.logback.classic.Level.DEBUG;
import static ch.qos.logback.classic.Level.ERROR;
import static ch.qos.logback.classic.Level.WARN;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import io.campanile.server.settings.Setting;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

class LogLevelsTest {
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();

    @AfterEach
    void restore() {
        root.setLevel(before);
    }

    @Test
    void keepsTheDemoQuietUnlessToldOtherwise() {
        LogLevels.set(Map.of(), Setting.LogLevel.WARN);
        assertThat(root.getLevel()).isEqualTo(WARN);

        LogLevels.set(Map.of("CAMPANILE_LOG_LEVEL", "debug"), Setting.LogLevel.WARN);
        assertThat(root.getLevel()).isEqualTo(DEBUG);
    }

    @Test
    void keepsLibrariesToWarningsAndToLessWhereItIsSaid() {
        var pool = (Logger) LoggerFactory.getLogger("com.zaxxer.hikari.pool");

        LogLevels.set(Setting.LogLevel.ERROR);
        assertThat(pool.getEffectiveLevel()).isEqualTo(ERROR);

        LogLevels.set(Setting.LogLevel.DEBUG);
        assertThat(pool.getEffectiveLevel()).isEqualTo(WARN);
    }

    @Test
    void appliesToCommandsThatRunNoNode() {
        Campanile.commandLine()
                .setErr(new PrintWriter(new StringWriter()))
                .execute(
                        "audit",
                        "--log-level=debug",
                        "--database-url=jdbc:postgresql://127.0.0.1:1/x");

        assertThat(root.getLevel()).isEqualTo(DEBUG);
    }
}
