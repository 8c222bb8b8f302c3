package io.campanile.domain.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

class ConsentStateTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest(name = "{0}, {1} ahead: {2}")
    @CsvSource({
        "GRANTED, PT-1H,         true",
        "GRANTED, PT0S,          true",
        "GRANTED, PT0.000001S,   false",
        "PENDING, PT0S,          true",
        "PENDING, PT0.000001S,   false",
        "DENIED,  PT-1H,         true",
        "DENIED,  PT5M,          true",
        "DENIED,  PT5M0.000001S, false"
    })
    void onlyARefusalCanBeSaidALittleAhead(ConsentState state, Duration ahead, boolean said) {
        assertThat(state.fault(NOON.plus(ahead), NOON).isEmpty()).isEqualTo(said);
    }
}
