package io.campanile.domain.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

class ExpireTimesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z, false",
        "2026-03-01T12:00:00.000001Z, true",
        "9999-12-31T23:59:59Z, true",
        "9999-12-31T23:59:59.000001Z, false",
        "9999-12-31T23:59:59.9999999Z, false",
        "+300000-01-01T00:00:00Z, false"
    })
    void lieAheadAndBeforeTheEndOfTheYear9999(Instant expireTime, boolean may) {
        assertThat(ExpireTimes.mayBe(expireTime, NOON)).isEqualTo(may);
    }

    @Test
    void mayBeNever() {
        assertThat(ExpireTimes.mayBe(null, NOON)).isTrue();
    }
}
