package io.campanile.domain.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class CanaryWatchTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Canary CANARY = new Canary(100, 5, 5, 5, 5, HOUR, TEN_MINUTES);
    private static final SampleCounts GOOD = new SampleCounts(100, 95, 5, 0, 0, 0, 0);
    private static final SampleCounts BAD = new SampleCounts(100, 94, 6, 0, 0, 0, 0);

    private static CanaryWatch in(CanaryState state) {
        return new CanaryWatch(CANARY, state);
    }

    @Test
    void waitsForTheSampleToSettleThenForWhatComesLater() {
        CanaryWatch sampling = CanaryWatch.asked(CANARY);
        assertThat(sampling.next(100, NOON))
                .isEqualTo(new FanOutStep.Watch(new CanaryState.Settling(NOON)));

        CanaryWatch settling = in(new CanaryState.Settling(NOON));
        Instant later = NOON.plusSeconds(17);
        assertThat(settling.next(1, later)).isEqualTo(new FanOutStep.Wait(Duration.ofSeconds(1)));
        assertThat(settling.next(0, later))
                .isEqualTo(new FanOutStep.Watch(new CanaryState.Observing(later)));

        CanaryWatch observing = in(new CanaryState.Observing(later));
        assertThat(observing.next(0, later.plus(TEN_MINUTES).minusNanos(1)))
                .isEqualTo(new FanOutStep.Wait(Duration.ofNanos(1)));
        assertThat(observing.next(0, later.plus(TEN_MINUTES)))
                .isEqualTo(new FanOutStep.Judge(observing));
    }

    @Test
    void waitsForOpenMessagesNoLongerThanItsTimeout() {
        CanaryWatch settling = in(new CanaryState.Settling(NOON));

        assertThat(settling.next(3, NOON.plus(HOUR).minusNanos(1)))
                .isEqualTo(new FanOutStep.Wait(Duration.ofNanos(1)));
        assertThat(settling.next(3, NOON.plus(HOUR)))
                .isEqualTo(new FanOutStep.Watch(new CanaryState.Observing(NOON.plus(HOUR))));
    }

    @Test
    void passesOrHalts() {
        CanaryWatch observing = in(new CanaryState.Observing(NOON));

        assertThat(observing.judged(GOOD, NOON)).isEqualTo(new CanaryState.Passed(GOOD, NOON));
        assertThat(observing.judged(BAD, NOON)).isEqualTo(new CanaryState.Halted(BAD, NOON));
    }

    @Test
    void letsOnlyTheSampleThroughUntilThen() {
        List<CanaryState> shut =
                List.of(
                        new CanaryState.Sampling(),
                        new CanaryState.Settling(NOON),
                        new CanaryState.Observing(NOON),
                        new CanaryState.Halted(BAD, NOON));
        List<CanaryState> open =
                List.of(new CanaryState.Passed(GOOD, NOON), new CanaryState.Overridden(BAD, NOON));

        assertThat(shut).allMatch(state -> in(state).mostWritten(5_000) == 100);
        assertThat(shut).allMatch(state -> in(state).mostWritten(50) == 50);
        assertThat(open).allMatch(state -> in(state).mostWritten(5_000) == 5_000);
    }

    @Test
    void isOverriddenByAResumptionAndKeepsItsNumbers() {
        CanaryState overridden = in(new CanaryState.Halted(BAD, NOON)).resumed(NOON.plus(HOUR));

        assertThat(overridden).isEqualTo(new CanaryState.Overridden(BAD, NOON));
        assertThat(in(overridden).causes())
                .containsExactly(new HaltCause.ThresholdPassed(HaltCause.Measure.FAILED, 6, 6, 5));
        assertThat(in(overridden).isHalted()).isFalse();
    }

    @Test
    void waitsAnewForWhatWasHeld() {
        Instant later = NOON.plus(HOUR);

        assertThat(in(new CanaryState.Settling(NOON)).resumed(later))
                .isEqualTo(new CanaryState.Settling(later));
        assertThat(in(new CanaryState.Observing(NOON)).resumed(later))
                .isEqualTo(new CanaryState.Observing(NOON));
        assertThat(in(new CanaryState.Passed(GOOD, NOON)).resumed(later))
                .isEqualTo(new CanaryState.Passed(GOOD, NOON));
    }

    @Test
    void isGivenUpWhenItsBroadcastEndsBeforeAVerdict() {
        assertThat(CanaryWatch.asked(CANARY).isGivenUp(FanOutState.CANCELLED)).isTrue();
        assertThat(CanaryWatch.asked(CANARY).isGivenUp(FanOutState.WRITING)).isFalse();
        assertThat(in(new CanaryState.Passed(GOOD, NOON)).isGivenUp(FanOutState.WRITTEN)).isFalse();
    }

    @Test
    void isPendingUntilItIsJudged() {
        assertThat(CanaryWatch.asked(CANARY).isPending()).isTrue();
        assertThat(in(new CanaryState.Settling(NOON)).isPending()).isTrue();
        assertThat(in(new CanaryState.Observing(NOON)).isPending()).isTrue();
        assertThat(in(new CanaryState.Passed(GOOD, NOON)).isPending()).isFalse();
        assertThat(in(new CanaryState.Halted(BAD, NOON)).isPending()).isFalse();
    }
}
