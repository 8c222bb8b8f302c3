package io.campanile.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.stream.LongStream;

class FairnessTest {
    private static final long SECOND = 1_000_000;

    @Test
    void isOneWhereBothGoEquallyFast() {
        long[] one = everyMillis(0, 20_000, 10);
        long[] other = everyMillis(5, 20_005, 10);

        Fairness fairness = Fairness.of(one, other, 10 * SECOND);

        assertThat(fairness.min()).isBetween(0.99, 1.0);
        assertThat(fairness.max()).isBetween(1.0, 1.01);
    }

    @Test
    void findsTheWindowInWhichOneStoodStill() {
        long[] one = everyMillis(0, 30_000, 10);
        long[] other =
                LongStream.concat(
                                LongStream.of(everyMillis(0, 10_000, 10)),
                                LongStream.of(everyMillis(15_000, 30_000, 10)))
                        .toArray();

        Fairness fairness = Fairness.of(one, other, 10 * SECOND);

        assertThat(fairness.min()).isBetween(0.99, 1.0);
        assertThat(fairness.max()).isBetween(1.98, 2.02);
    }

    @Test
    void looksOnlyWhileBothGoOnAndAtMailsThatCame() {
        long[] late = everyMillis(10_000, 20_000, 10);
        long[] withGaps =
                LongStream.concat(LongStream.of(everyMillis(0, 20_000, 10)), LongStream.of(0, 0))
                        .toArray();

        assertThat(Fairness.of(withGaps, late, SECOND).max()).isBetween(1.0, 1.02);
        assertThat(Fairness.of(new long[] {0}, late, SECOND)).isEqualTo(new Fairness(0, 0));
    }

    private static long[] everyMillis(long from, long to, long millis) {
        return LongStream.iterate(from + 1, time -> time < to, time -> time + millis)
                .map(time -> time * 1_000)
                .toArray();
    }
}
