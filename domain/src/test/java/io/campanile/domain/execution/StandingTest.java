package io.campanile.domain.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.broadcast.FanOutState;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;

class StandingTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /// In the order in which it is decided: what stands above outweighs what stands below.
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "CANCELLED, true,  1, CANCELLED,     true,  true",
        "CANCELLED, true,  0, CANCELLED,     true,  false",
        "CANCELLED, true,  0, WRITTEN,       false, false",
        "FAILED,    false, 0, AUDIENCE_GONE, true,  false",
        "FAILED,    false, 0, AUDIENCE_GONE, false, false",
        "SUCCEEDED, false, 0, WRITTEN,       true,  true",
        "FAILED,    false, 0, STOPPED,       true,  false",
        "RUNNING,   false, 1, EXPIRED,       false, false",
        "RUNNING,   false, 1, STOPPED,       true,  true",
        "HALTED,    false, 1, WRITING,       true,  true",
        "HALTED,    false, 0, WRITING,       true,  true",
        "PAUSED,    false, 1, WRITTEN,       true,  false",
        "PAUSED,    false, 0, WAITING,       true,  false",
        "SCHEDULED, false, 0, WAITING,       false, false",
        "SCHEDULED, false, 2, WRITTEN,       false, false",
    })
    void isInOneStateBeforeItsTime(
            ExecutionState state,
            boolean cancelled,
            long open,
            FanOutState fanOut,
            boolean paused,
            boolean halted) {
        var standing = new Standing(cancelled, NOON.plusNanos(1), open, fanOut, paused, halted);

        assertThat(standing.state(NOON)).isEqualTo(state);
    }

    @Test
    void runsFromItsTimeOn() {
        assertThat(standing(NOON, 1, FanOutState.WRITTEN).state(NOON))
                .isEqualTo(ExecutionState.RUNNING);
        assertThat(standing(null, 1, FanOutState.WRITTEN).state(NOON))
                .isEqualTo(ExecutionState.RUNNING);
        assertThat(standing(null, 0, FanOutState.WAITING).state(NOON))
                .isEqualTo(ExecutionState.RUNNING);
    }

    @ParameterizedTest
    @EnumSource(FanOutState.class)
    void isSettledWhenNothingIsOpenAndNothingFollows(FanOutState fanOut) {
        assertThat(standing(null, 0, fanOut).isSettled()).isEqualTo(!fanOut.isUnfinished());
        assertThat(standing(null, 1, fanOut).isSettled()).isFalse();
    }

    private static Standing standing(
            @Nullable Instant scheduleTime, long open, FanOutState fanOut) {
        return new Standing(false, scheduleTime, open, fanOut, false, false);
    }
}
