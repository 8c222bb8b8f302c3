package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

class ClocksTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(longs = {-300, 0, 300})
    void toleratesFiveMinutes(long seconds) {
        assertThatCode(() -> differingBy(seconds).refuseSkew()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301})
    void refusesMoreThanFiveMinutesInEitherDirection(long seconds) {
        assertThatThrownBy(() -> differingBy(seconds).refuseSkew())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The clocks of this machine and of the database differ by 301 seconds: set"
                                + " them to within five minutes");
    }

    private static Clocks differingBy(long seconds) {
        return new Clocks(() -> NOON.plusSeconds(seconds), () -> NOON);
    }
}
