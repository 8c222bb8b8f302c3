package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;

class DatabaseCheckTest {
    @ParameterizedTest
    @ValueSource(ints = {150_000, 150_004, 180_001})
    void takesPostgresFrom15On(int version) {
        assertThatCode(() -> DatabaseCheck.refuseOld(version)).doesNotThrowAnyException();
    }

    @Test
    void takesADatabaseThatKnowsAllLetters() {
        assertThatCode(() -> DatabaseCheck.refuseEncoding("UTF8")).doesNotThrowAnyException();
        assertThatCode(() -> DatabaseCheck.refuseOtherLetters("öiασ")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void refusesAnotherEncoding(String encoding) {
        assertThatThrownBy(() -> DatabaseCheck.refuseEncoding(encoding))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("encoding " + encoding)
                .hasMessageContaining("TEMPLATE template0 ENCODING 'UTF8'");
    }

    /// As ASCII, Turkish and ICU have it.
    @ParameterizedTest
    @ValueSource(strings = {"ÖiΑΣ", "öıασ", "öiας"})
    void refusesOneThatHasOtherSmallLettersThanWe(String lowered) {
        assertThatThrownBy(() -> DatabaseCheck.refuseOtherLetters(lowered))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("LC_CTYPE")
                .hasMessageContaining("TEMPLATE template0 ENCODING 'UTF8'");
    }

    @Test
    void refusesAnOlderOne() {
        assertThatThrownBy(() -> DatabaseCheck.refuseOld(140_012))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "PostgreSQL 14 behind CAMPANILE_DATABASE_URL is too old: Campanile needs"
                                + " 15 or newer");
    }

    @Test
    void refusesAStandby() {
        assertThatCode(() -> DatabaseCheck.refuseStandby("off")).doesNotThrowAnyException();
        assertThatThrownBy(() -> DatabaseCheck.refuseStandby("on"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("targetServerType=primary");
    }

    @ParameterizedTest
    @CsvSource({
        "28P01, CAMPANILE_DATABASE_PASSWORD",
        "28000, CAMPANILE_DATABASE_USER",
        "08004, CAMPANILE_DATABASE_PASSWORD",
        "08001, Cannot reach",
        "08P01, a pooler",
        "3D000, no such database",
        "42501, CAMPANILE_DATABASE_USER lacks the right to connect",
        "53300, no connection left",
        "53400, SQLSTATE 53400",
        "57P03, SQLSTATE 57P03",
    })
    void saysWhichSettingIsWrong(String sqlState, String hint) {
        assertThat(DatabaseCheck.problem(sqlState)).contains("CAMPANILE_DATABASE_").contains(hint);
    }

    static Stream<Arguments> waysThatEndEarly() {
        return Stream.of(
                arguments(new UnknownHostException("db.example"), "The host db.example in"),
                arguments(new ConnectException("refused"), "Nothing answers at db.example port 1,"),
                arguments(new SocketTimeoutException(), "Nothing answers at db.example port 1,"),
                arguments(new EOFException(), "Cannot reach the database"),
                arguments(null, "Nothing answers at db.example port 1,"));
    }

    @ParameterizedTest
    @MethodSource("waysThatEndEarly")
    void tellsAnUnknownHostFromOneThatDoesNotAnswer(@Nullable Exception cause, String what) {
        assertThatThrownBy(() ->
                        DatabaseCheck.refuseUnfit(
                                () -> {
                                    throw new SQLException("as the driver says", "08001", cause);
                                },
                                () -> "db.example port 1",
                                new LockNeeds(22, Duration.ofDays(7))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(what)
                .hasMessageContaining("CAMPANILE_DATABASE_URL");
    }

    @Test
    void refusesAPoolerThatDropsWhatConnectionsAskFor() {
        assertThatCode(() -> DatabaseCheck.refusePooler(() -> true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> DatabaseCheck.refusePooler(() -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CAMPANILE_DATABASE_URL does not lead to PostgreSQL itself");
        assertThatThrownBy(() ->
                        DatabaseCheck.refusePooler(() -> {
                            throw new SQLException("unsupported startup parameter", "08P01");
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a pooler")
                .hasMessageNotContaining("startup");
    }

    @Test
    void repeatsNothingOfAUrlThatThePoolDoesNotUnderstand() {
        assertThatThrownBy(() ->
                        DatabaseCheck.opened(() -> {
                            throw new IllegalArgumentException("jdbcUrl=//app:hunter2");
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CAMPANILE_DATABASE_URL")
                .hasMessageNotContaining("hunter2");
    }
}
