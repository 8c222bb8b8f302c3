package io.campanile.server.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.campanile.application.store.StoreUnavailable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// What the real `logback.xml` makes of exceptions.
class UnquotedThrowablesTest {
    private static final String ADDRESS = "ada@example.com";

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @BeforeEach
    void keepWhatIsLogged() {
        OneLog.install();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    private String logged() {
        return log.toString(StandardCharsets.UTF_8);
    }

    private static IllegalStateException failure() {
        var failure =
                new IllegalStateException(
                        "no template for " + ADDRESS, new NumberFormatException(ADDRESS));
        failure.addSuppressed(new IllegalArgumentException(ADDRESS));
        return failure;
    }

    @Test
    void exceptionsAreLoggedWithTypesAndFramesAndWithoutTheirMessages() {
        LoggerFactory.getLogger("test").error("it failed", failure());

        assertThat(logged())
                .doesNotContain(ADDRESS)
                .contains("it failed")
                .contains("java.lang.IllegalStateException: " + UnquotedThrowables.WITHHELD)
                .contains("Caused by: java.lang.NumberFormatException")
                .contains("Suppressed: java.lang.IllegalArgumentException")
                .contains("at " + UnquotedThrowablesTest.class.getName());
    }

    @Test
    void whatIsWrittenToTheLoggersOfTheJdkIsLoggedTheSameWay() {
        System.getLogger("jdk").log(System.Logger.Level.ERROR, "it failed", failure());

        assertThat(logged())
                .doesNotContain(ADDRESS)
                .contains("level=ERROR logger=jdk it failed")
                .contains("Caused by: java.lang.NumberFormatException");
    }

    @Test
    void ownMessagesThatQuoteNobodyStay() {
        LoggerFactory.getLogger("test")
                .error(
                        "it failed",
                        new StoreUnavailable("the database is not available", failure()));

        assertThat(logged())
                .contains("StoreUnavailable: the database is not available")
                .doesNotContain(ADDRESS);
    }

    static Set<String> safe() {
        return UnquotedThrowables.SAFE;
    }

    @ParameterizedTest
    @MethodSource("safe")
    void whoseMessagesStayIsThere(String type) {
        assertThatCode(() -> Class.forName(type, false, getClass().getClassLoader()))
                .doesNotThrowAnyException();
    }
}
