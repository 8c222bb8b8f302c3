package io.campanile.application.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class RestsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String BROKEN = "broken";

    private final Rests<String> rests = new Rests<>(SECOND, SECOND.multipliedBy(5));

    @Test
    void whatFailedRestsForTwiceAsLongEachTimeUpToTheLongest() {
        assertThat(rests.failed(BROKEN, NOON)).isEqualTo(SECOND);
        assertThat(rests.failed(BROKEN, NOON)).isEqualTo(SECOND.multipliedBy(2));
        assertThat(rests.failed(BROKEN, NOON)).isEqualTo(SECOND.multipliedBy(4));
        assertThat(rests.failed(BROKEN, NOON)).isEqualTo(SECOND.multipliedBy(5));
        assertThat(rests.failed(BROKEN, NOON)).isEqualTo(SECOND.multipliedBy(5));
    }

    @Test
    void restsUntilItsTimeIsOver() {
        rests.failed(BROKEN, NOON);

        assertThat(rests.resting(NOON)).containsExactly(BROKEN);
        assertThat(rests.resting(NOON.plusMillis(999))).containsExactly(BROKEN);
        assertThat(rests.resting(NOON.plus(SECOND))).isEmpty();
    }

    @Test
    void restsNoLongerWhenTheClockIsSetBack() {
        rests.failed(BROKEN, NOON);

        assertThat(rests.resting(NOON.minusMillis(10))).containsExactly(BROKEN);
        assertThat(rests.resting(NOON.minusSeconds(3))).isEmpty();
    }

    @Test
    void beginsAnewOnceItSucceeded() {
        rests.failed(BROKEN, NOON);
        rests.failed(BROKEN, NOON);

        rests.succeeded(BROKEN);

        assertThat(rests.resting(NOON)).isEmpty();
        assertThat(rests.failed(BROKEN, NOON)).isEqualTo(SECOND);
    }

    @Test
    void restsForAsLongAsItIsLeftAloneUpToTheLongest() {
        rests.rest(BROKEN, SECOND.multipliedBy(3), NOON);
        rests.rest("for ever", Duration.ofDays(1), NOON);

        assertThat(rests.resting(NOON.plusMillis(2_999)))
                .containsExactlyInAnyOrder(BROKEN, "for ever");
        assertThat(rests.resting(NOON.plusSeconds(3))).containsExactly("for ever");
        assertThat(rests.resting(NOON.plusSeconds(5))).isEmpty();
    }

    /// A run that began before sees what was laid to rest within it, however long it takes.
    @Test
    void restsForWhoeverAsksByAnEarlierTime() {
        rests.rest(BROKEN, SECOND, NOON.plusSeconds(1));

        assertThat(rests.isResting(BROKEN, NOON)).isTrue();
        assertThat(rests.isResting(BROKEN, NOON.plusSeconds(2))).isFalse();
        assertThat(rests.isResting("another", NOON)).isFalse();
    }

    @Test
    void isForgottenWhenNobodyTriesItAnyMore() {
        rests.failed(BROKEN, NOON);

        assertThat(rests.resting(NOON.plusSeconds(7))).isEmpty();

        assertThat(rests.failed(BROKEN, NOON.plusSeconds(7))).isEqualTo(SECOND);
    }
}
