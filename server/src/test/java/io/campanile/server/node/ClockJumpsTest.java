package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.testkit.store.SettableTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/// One machine with its own database: nothing contradicts its clock.
class ClockJumpsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    private final SettableTime clock = new SettableTime(NOON);
    private Duration passed = Duration.ZERO;
    private final ClockJumps jumps = new ClockJumps(clock, () -> passed.toNanos());

    private boolean lookAfter(Duration time) {
        passed = passed.plus(time);
        clock.advance(time);
        return jumps.look();
    }

    private boolean removes() {
        var runs = new AtomicInteger();
        jumps.unlessOnProbation(runs::incrementAndGet).run();
        return runs.get() == 1;
    }

    @Test
    void noticesAJumpAtOnce() {
        assertThat(removes()).isTrue();

        clock.advance(YEAR);

        assertThat(removes()).isFalse();
    }

    @Test
    void takesNoTimeThatPassedForAJump() {
        assertThat(lookAfter(YEAR)).isFalse();

        assertThat(removes()).isTrue();
    }

    @Test
    void believesANewTimeThatHasStoodForAnHour() {
        clock.advance(YEAR);
        assertThat(jumps.look()).isFalse();

        assertThat(lookAfter(Duration.ofSeconds(3_599))).isFalse();
        assertThat(removes()).isFalse();

        assertThat(lookAfter(Duration.ofSeconds(1))).isTrue();
        assertThat(removes()).isTrue();
        assertThat(lookAfter(Duration.ofSeconds(1))).isFalse();
    }

    @Test
    void goesOnAtOnceWhenTheClockIsSetBack() {
        clock.advance(YEAR);
        jumps.look();
        clock.set(NOON);

        assertThat(jumps.look()).isTrue();
        assertThat(removes()).isTrue();
    }

    @Test
    void waitsAnewForAnotherNewTime() {
        clock.advance(YEAR);
        jumps.look();
        lookAfter(Duration.ofMinutes(50));
        clock.advance(YEAR);
        jumps.look();

        assertThat(lookAfter(Duration.ofMinutes(50))).isFalse();
        assertThat(removes()).isFalse();
        assertThat(lookAfter(Duration.ofMinutes(10))).isTrue();
    }

    @Test
    void mindsNoSmallJumpAndNoneBack() {
        clock.advance(Duration.ofHours(1));
        assertThat(removes()).isTrue();
        assertThat(jumps.look()).isFalse();

        clock.set(NOON.minus(YEAR));
        assertThat(jumps.look()).isFalse();
        assertThat(removes()).isTrue();
    }
}
