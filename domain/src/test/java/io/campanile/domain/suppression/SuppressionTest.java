package io.campanile.domain.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

class SuppressionTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z, false",
        "2026-03-01T12:00:00.000001Z, true",
        "9999-12-31T23:59:59.999999Z, true",
        "+10000-01-01T00:00:00Z, false",
        "+300000-01-01T00:00:00Z, false"
    })
    void expiresAheadAndBeforeTheYear10000(Instant expireTime, boolean may) {
        assertThat(Suppression.mayExpire(expireTime, NOON)).isEqualTo(may);
    }

    @Test
    void mayNeverExpire() {
        assertThat(Suppression.mayExpire(null, NOON)).isTrue();
    }
}
