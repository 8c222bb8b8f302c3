package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class SqlArraysTest {
    @Test
    void failWithATimeThatDoesNotFitRatherThanWriteAnother() {
        Instant far = Instant.parse("+300000-01-01T00:00:00Z");

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> SqlArrays.times(List.of(far), time -> time));
    }
}
