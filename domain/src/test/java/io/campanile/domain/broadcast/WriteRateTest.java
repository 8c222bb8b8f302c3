package io.campanile.domain.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class WriteRateTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private record Written(Instant at, long messages) {}

    @Test
    void writesSmallChunks() {
        assertThat(new WriteRate(0.001).chunk()).isEqualTo(1);
        assertThat(new WriteRate(7.9).chunk()).isEqualTo(1);
        assertThat(new WriteRate(100).chunk()).isEqualTo(25);
        assertThat(WriteRate.UNLIMITED.chunk()).isGreaterThan(Broadcast.LARGEST_CHUNK);
    }

    @Test
    void waitsForWhatAChunkIsWorth() {
        var rate = new WriteRate(10);
        Instant next = rate.after(2, null, NOON);

        assertThat(rate.allows(null, NOON)).isTrue();
        assertThat(next).isEqualTo(NOON.plusMillis(200));
        assertThat(rate.allows(next, NOON.plusMillis(199))).isFalse();
        assertThat(rate.allows(next, NOON.plusMillis(200))).isTrue();
    }

    @Test
    void catchesUpOnWhatANodeWasLateButNotOnAPause() {
        var rate = new WriteRate(10);

        assertThat(rate.after(2, NOON, NOON.plusMillis(700))).isEqualTo(NOON.plusMillis(200));
        assertThat(rate.after(2, NOON, NOON.plusSeconds(3_600)))
                .isEqualTo(NOON.plusSeconds(3_599).plusMillis(200));
    }

    @Test
    void goesOnWhenTheClockIsSetBack() {
        var rate = new WriteRate(10);
        Instant next = rate.after(rate.chunk(), null, NOON.plus(Duration.ofHours(2)));

        assertThat(rate.allows(next, NOON)).isTrue();
        assertThat(rate.after(2, next, NOON)).isEqualTo(NOON.plusMillis(200));
        assertThat(rate.allows(NOON.plusMillis(200), NOON)).isFalse();
    }

    @Test
    void keepsNoTimeLineWithoutALimit() {
        assertThat(WriteRate.UNLIMITED.after(1_000, null, NOON)).isNull();
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> new WriteRate(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new WriteRate(1e-9)).hasMessageContaining("1.0E-9");
        assertThatThrownBy(() -> new WriteRate(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new WriteRate(Double.POSITIVE_INFINITY))
                .hasMessageContaining("Infinity");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void isNeverExceededInAnyWindow(long seed) {
        var random = new SplittableRandom(seed);
        var rate = new WriteRate(random.nextDouble(0.2, 300));
        List<Written> all = written(rate, random);

        for (int first = 0; first < all.size(); first++) {
            long sum = 0;
            for (Written chunk : all.subList(first, all.size())) {
                sum += chunk.messages();
                double seconds = Duration.between(all.get(first).at(), chunk.at()).toNanos() / 1e9;
                assertThat((double) sum)
                        .isLessThanOrEqualTo(
                                rate.perSecond() * (seconds + 1) + rate.chunk() + 0.001);
            }
        }
    }

    /// Nodes look at any time, sometimes after a long while.
    private static List<Written> written(WriteRate rate, SplittableRandom random) {
        var all = new ArrayList<Written>();
        @Nullable Instant next = null;
        Instant now = NOON;
        for (int look = 0; look < 2_000; look++) {
            if (rate.allows(next, now)) {
                all.add(new Written(now, rate.chunk()));
                next = rate.after(rate.chunk(), next, now);
            }
            now = now.plusMillis(random.nextInt(50) == 0 ? 60_000 : random.nextLong(100));
        }
        return all;
    }
}
