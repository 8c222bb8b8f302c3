package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.UUID;

class UuidTimesTest {
    @ParameterizedTest
    @CsvSource({
        "-1000000000-01-01T00:00:00Z, 00000000-0000-0000-0000-000000000000",
        "1960-01-01T00:00:00Z, 00000000-0000-0000-0000-000000000000",
        "1970-01-01T00:00:00.001Z, 00000000-0001-0000-0000-000000000000",
        "+10889-08-02T05:31:50.655Z, ffffffff-ffff-0000-0000-000000000000",
        "+1000000000-12-31T23:59:59Z, ffffffff-ffff-0000-0000-000000000000"
    })
    void haveALowestIdForEveryTime(Instant time, UUID lowest) {
        assertThat(UuidTimes.lowest(time)).isEqualTo(lowest);
    }
}
