package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class DatabaseWarningsTest {
    @Test
    void warnOfFewerLocksThanThisNodeMayNeed() {
        assertThat(DatabaseWarnings.fewLocks(479, 479)).isEmpty();
        assertThat(DatabaseWarnings.fewLocks(64, 479))
                .hasValueSatisfying(
                        warning -> assertThat(warning).contains("is 64").contains("may need 479"));
    }

    @ParameterizedTest
    @CsvSource({
        "on, '', false",
        "on, standby, false",
        "remote_apply, standby, false",
        "local, '', false",
        "remote_write, '', false",
        "local, standby, true",
        "remote_write, standby, true",
        "off, '', true",
        "off, standby, true",
    })
    void warnOfCommitsThatMayBeLost(String commit, String standbys, boolean warned) {
        assertThat(DatabaseWarnings.earlyCommits(commit, standbys).isPresent()).isEqualTo(warned);
    }

    @Test
    void warnsOfMoreConnectionsThanTheServerHas() {
        assertThat(DatabaseWarnings.tooManyConnections(95, 97)).isEmpty();
        assertThat(DatabaseWarnings.tooManyConnections(96, 97))
                .hasValueSatisfying(warning ->
                        assertThat(warning)
                                .contains("CAMPANILE_DATABASE_CONNECTIONS is 96")
                                .contains("has 97 for all nodes"));
    }

    @Test
    void warnsOfPlainTextOnTheWayToAnotherMachine() {
        assertThat(DatabaseWarnings.readable(false, "192.0.2.7/32", "192.0.2.1/32"))
                .hasValueSatisfying(warning -> assertThat(warning).contains("sslmode=verify-full"));
        assertThat(DatabaseWarnings.readable(true, "192.0.2.7/32", "192.0.2.1/32")).isEmpty();
        assertThat(DatabaseWarnings.readable(false, "127.0.0.1/32", "127.0.0.1/32")).isEmpty();
        assertThat(DatabaseWarnings.readable(false, null, null)).isEmpty();
    }

    /// A server takes 64 and 100 connections by itself, and has a place for each lock of each: with
    /// few connections, batches of people need more for each.
    @ParameterizedTest
    @CsvSource({
        "22, 7, 100, 256",
        "22, 90, 100, 373",
        "22, 365, 100, 1152",
        "22, 365, 1000, 256",
        "22, 7, 40, 612",
        "22, 90, 40, 932",
        "200, 400, 220, 5206",
    })
    void knowsHowManyLocksTheDaysMayTake(
            int connections, int days, int maxConnections, int needed) {
        assertThat(new LockNeeds(connections, Duration.ofDays(days)).perTransaction(maxConnections))
                .isEqualTo(needed);
    }
}
