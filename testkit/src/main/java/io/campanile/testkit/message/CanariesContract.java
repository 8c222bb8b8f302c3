package io.campanile.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.CanaryWatch;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.SampleCounts;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// What [io.campanile.application.broadcast.port.Broadcasts] do with a rate and with a canary,
/// driven by [io.campanile.application.broadcast.FanOut].
public abstract class CanariesContract extends CanaryScene {
    @Test
    void writesTheSampleAndNoMore() {
        NewExecution execution = sampled(HOUR);
        fanOut();

        assertThat(state(execution)).isEqualTo(FanOutState.WRITING);
        assertThat(broadcast(execution).canary())
                .extracting(CanaryWatch::canary)
                .isEqualTo(canary(HOUR, HOUR));
        assertThat(canary(execution)).isInstanceOf(CanaryState.Settling.class);
        assertThat(messages(execution.id())).hasSize(SAMPLE);
        assertThat(view(execution).counts()).isEqualTo(Map.of(Kind.ACCEPTED, (long) MEMBERS));
    }

    @Test
    void drawsTheSampleAtRandom() {
        NewExecution execution = sampled(1_000, canary(HOUR, HOUR));

        // By chance, once in 10^23 runs.
        assertThat(messages(execution.id()))
                .extracting(message -> message.identity().value().replaceAll(".*-|@.*", ""))
                .anyMatch(number -> Integer.parseInt(number) >= SAMPLE);
    }

    @Test
    void goesOnByItselfWhenAllWentWell() {
        NewExecution execution = sampled(Duration.ZERO);
        settle(8, sent());
        fanOut();
        assertThat(canary(execution)).isInstanceOf(CanaryState.Settling.class);

        settle(2, failed());
        fanOut();

        assertThat(canary(execution))
                .isInstanceOfSatisfying(
                        CanaryState.Passed.class,
                        passed ->
                                assertThat(passed.sample())
                                        .isEqualTo(new SampleCounts(SAMPLE, 8, 2, 0, 0, 0, 0)));
        assertThat(state(execution)).isEqualTo(FanOutState.WRITTEN);
        assertThat(messages(execution.id())).hasSize(MEMBERS);
        assertThat(broadcast(execution).settledLately()).isEqualTo(SAMPLE);
    }

    @Test
    void waitsForWhatComesLater() {
        NewExecution execution = sampled(HOUR);
        settle(SAMPLE, sent());
        fanOut();
        CanaryState observing = canary(execution);

        fanOut();

        assertThat(observing).isInstanceOf(CanaryState.Observing.class);
        assertThat(canary(execution)).isEqualTo(observing);
        assertThat(messages(execution.id())).hasSize(SAMPLE);
    }

    @Test
    void waitsAnewForWhatWasPaused() {
        NewExecution execution = sampled(HOUR);
        CanaryState before = canary(execution);
        store().broadcastPauses().pause(execution.id());
        fanOut();
        assertThat(canary(execution)).isEqualTo(before);

        store().broadcastPauses().resume(execution.id(), clock);

        Instant since = ((CanaryState.Settling) before).since();
        assertThat(canary(execution))
                .isInstanceOfSatisfying(
                        CanaryState.Settling.class,
                        settling -> assertThat(settling.since()).isAfter(since));
    }

    @Test
    void asksNobodyWhenEverybodyIsInTheSample() {
        NewExecution execution = sampled(SAMPLE, canary(HOUR, HOUR));

        assertThat(state(execution)).isEqualTo(FanOutState.WRITTEN);
        assertThat(messages(execution.id())).hasSize(SAMPLE);
    }

    @Test
    void writesNoFasterThanItsRate() {
        double perSecond = 100;
        long start = System.nanoTime();
        NewExecution execution = broadcast(150, trigger -> trigger.rate(perSecond));

        while (state(execution) != FanOutState.WRITTEN) {
            fanOut();
            long written = broadcast(execution).written();
            long nanos = System.nanoTime() - start;
            assertThat((double) written)
                    .isLessThanOrEqualTo(
                            perSecond * (nanos / 1e9 + 1) + new WriteRate(perSecond).chunk());
            assertThat(nanos).isLessThan(Patience.TIME.toNanos());
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }

        assertThat(broadcast(execution).rate()).isEqualTo(new WriteRate(perSecond));
        assertThat(messages(execution.id())).hasSize(150);
    }

    @Test
    void writesOneChunkAndThenNothingForAWhile() {
        NewExecution execution = broadcast(50, trigger -> trigger.rate(0.01));
        fanOut();
        fanOut();
        store().broadcastPauses().pause(execution.id());
        store().broadcastPauses().resume(execution.id(), clock);
        fanOut();

        assertThat(broadcast(execution).written()).isEqualTo(1);
    }
}
