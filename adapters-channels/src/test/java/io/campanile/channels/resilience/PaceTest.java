package io.campanile.channels.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong time = new AtomicLong();

    private Pace pace(double configured) {
        return new Pace(configured, time::get);
    }

    @Test
    void isWhatWasConfigured() {
        assertThat(pace(100).current()).isEqualTo(100);
        assertThat(pace(0).current()).isZero();
    }

    @Test
    void letsNoMoreThroughThanItMay() {
        Pace pace = pace(1);

        assertThat(pace.tryOne()).isTrue();
        assertThat(pace.tryOne()).isFalse();
    }

    @Test
    void isHalvedWhenTheProviderAsksForIt() {
        Pace pace = pace(100);

        pace.slowDown();

        assertThat(pace.current()).isEqualTo(50);
    }

    @Test
    void isHalvedOnceASecondHoweverManyAsk() {
        Pace pace = pace(100);

        pace.slowDown();
        pace.slowDown();
        assertThat(pace.current()).isEqualTo(50);

        time.addAndGet(SECOND / 2);
        pace.slowDown();
        assertThat(pace.current()).isEqualTo(50);
    }

    @Test
    void isHalvedAgainAndAgainWhileTheProviderGoesOnAsking() {
        Pace pace = pace(100);

        assertThat(pacesWhileAsked(pace, 5)).containsExactly(50.0, 25.0, 12.5, 6.25, 3.125);
    }

    @Test
    void isHalvedAgainAndAgainWhereNoLimitWasConfigured() {
        Pace pace = pace(0);
        for (int message = 0; message < 39; message++) {
            pace.tryOne();
        }

        assertThat(pacesWhileAsked(pace, 4)).containsExactly(20.0, 10.0, 5.0, 2.5);
    }

    @Test
    void isRaisedInNoSecondInWhichTheProviderAskedAgain() {
        Pace pace = pace(100);
        pace.slowDown();
        time.addAndGet(SECOND / 2);
        pace.slowDown();

        time.addAndGet(SECOND / 2);
        assertThat(pace.current()).isEqualTo(50);
        time.addAndGet(SECOND / 2);
        assertThat(pace.current()).isEqualTo(55);
    }

    /// The pace after each second in which everything handed over is answered with a 421, while
    /// delivery keeps asking for permits and the status.
    private List<Double> pacesWhileAsked(Pace pace, int seconds) {
        List<Double> paces = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            for (int message = 0; message < 10; message++) {
                pace.tryOne();
                pace.slowDown();
                pace.current();
                time.addAndGet(SECOND / 10);
            }
            paces.add(pace.current());
        }
        return paces;
    }

    @Test
    void recoversStepByStepUpToWhatWasConfigured() {
        Pace pace = pace(100);
        pace.slowDown();

        time.addAndGet(SECOND);
        assertThat(pace.current()).isEqualTo(55);
        time.addAndGet(8 * SECOND);
        assertThat(pace.current()).isEqualTo(95);
        time.addAndGet(100 * SECOND);
        assertThat(pace.current()).isEqualTo(100);
    }

    @Test
    void findsALimitWhereNoneWasConfiguredAndGivesItUpAgain() {
        Pace pace = pace(0);
        for (int message = 0; message < 40; message++) {
            pace.tryOne();
        }

        pace.slowDown();
        assertThat(pace.current()).isEqualTo(20);

        time.addAndGet(100 * SECOND);
        assertThat(pace.current()).isZero();
    }

    @Test
    void neverStopsAltogether() {
        Pace pace = pace(0.2);
        for (int times = 0; times < 10; times++) {
            pace.slowDown();
            time.addAndGet(SECOND - 1);
        }

        assertThat(pace.current()).isGreaterThanOrEqualTo(0.1);
    }
}
