package io.campanile.domain.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class ProgressTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(3_600);

    @Test
    void isMeasuredOverAMinute() {
        assertThat(Progress.of(600, 3_000, NOON, false, LATER))
                .isEqualTo(new Progress(10, LATER.plusSeconds(300)));
    }

    @Test
    void endsAfterAFullSecondForWhatIsLeftOfOne() {
        assertThat(Progress.of(600, 3_001, NOON, false, LATER.plusMillis(900)).endTime())
                .isEqualTo(LATER.plusSeconds(301));
    }

    @Test
    void isMeasuredSinceTheBeginningWhenThatIsLess() {
        assertThat(Progress.of(600, 0, NOON, false, NOON.plusSeconds(20)).perSecond())
                .isEqualTo(30);
        assertThat(Progress.of(600, 0, NOON, false, NOON.plusMillis(1)).perSecond()).isEqualTo(600);
    }

    @Test
    void hasNoEndThatNobodyCanTell() {
        assertThat(Progress.of(0, 3_000, NOON, false, LATER)).isEqualTo(new Progress(0, null));
        assertThat(Progress.of(600, 0, NOON, false, LATER).endTime()).isNull();
        assertThat(Progress.of(600, 3_000, NOON, true, LATER).endTime()).isNull();
        assertThat(Progress.of(1, Long.MAX_VALUE, NOON, false, LATER).endTime()).isNull();
        assertThat(Progress.of(0, 10, LATER, false, NOON)).isEqualTo(new Progress(0, null));
    }
}
