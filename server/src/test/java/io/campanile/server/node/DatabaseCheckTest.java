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

    @ParameterizedTest
    @ValueSource(strings = {"on", "local", "remote_apply"})
    void warnsOfNothingWhereAllIsWell(String synchronousCommit) {
        assertThat(DatabaseCheck.warnings(479, 479, synchronousCommit)).isEmpty();
    }

    @Test
    void warnsOfFewerLocksThanThisNodeMayNeedAndOfCommitsThatMayBeLost() {
        assertThat(DatabaseCheck.warnings(64, 479, "off"))
                .satisfiesExactly(
                        locks -> assertThat(locks).contains("is 64").contains("may need 479"),
                        commits -> assertThat(commits).contains("synchronous_commit"));
    }

    @Test
    void warnsOfMoreConnectionsThanTheServerHas() {
        assertThat(DatabaseCheck.tooManyConnections(96, 97)).isEmpty();
        assertThat(DatabaseCheck.tooManyConnections(97, 97))
                .hasValueSatisfying(warning ->
                        assertThat(warning)
                                .contains("CAMPANILE_DATABASE_CONNECTIONS is 97")
                                .contains("has 97 for all nodes"));
    }

    /// A server takes 64 and 100 connections by itself, and has a place for each lock of each: with
    /// few connections, batches of people need more for each.
    @ParameterizedTest
    @CsvSource({
        "22, 7, 100, 256",
        "22, 90, 100, 308",
        "22, 365, 100, 659",
        "22, 365, 1000, 256",
        "22, 7, 40, 586",
        "22, 90, 40, 768",
        "200, 400, 220, 2975",
    })
    void knowsHowManyLocksTheDaysMayTake(
            int connections, int days, int maxConnections, int needed) {
        assertThat(new LockNeeds(connections, Duration.ofDays(days)).perTransaction(maxConnections))
                .isEqualTo(needed);
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
