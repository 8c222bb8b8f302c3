package io.campanile.channels.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.log.LogLines;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class ProviderGuardTest {
    private static final AttemptOutcome TAKEN =
            new AttemptOutcome.Taken(new ProviderReply(250, "2.0.0"));
    private static final AttemptOutcome UNREACHABLE =
            new AttemptOutcome.Busy(Reason.PROVIDER_UNREACHABLE, ProviderReply.NONE, null);
    private static final Duration WAIT = DeliveryLimits.DEFAULT.breakerWait();
    private static final AttemptOutcome OURS =
            new AttemptOutcome.Refused(Reason.RENDERING_FAILED, ProviderReply.NONE);

    /// How long a probe may take before another one goes in its place.
    private static final Duration PATIENCE = WAIT.plus(DeliveryLimits.DEFAULT.attemptTimeout());

    private final AtomicLong time = new AtomicLong();
    private final ProviderGuard guard =
            new ProviderGuard(
                    new ChannelConfigurationName(WorkspaceId.DEFAULT, "guarded"),
                    DeliveryLimits.DEFAULT,
                    time::get);

    private void attempts(int times, AttemptOutcome outcome) {
        for (int attempt = 0; attempt < times; attempt++) {
            assertThat(guard.acquire(1)).isEqualTo(1);
            guard.attempt(_ -> over(outcome));
            guard.release(1);
        }
    }

    /// An attempt that nothing broke in.
    private static Attempt over(AttemptOutcome outcome) {
        return new Attempt(outcome, null, null);
    }

    private void halfOpen() {
        attempts(10, UNREACHABLE);
        time.addAndGet(WAIT.toNanos() + 1);
    }

    private void leaveAloneFor(Duration rest) {
        assertThat(guard.acquire(3)).isEqualTo(1);
        guard.attempt(_ -> new Attempt(UNREACHABLE, null, rest));
        guard.release(1);
    }

    @Test
    void leavesAProviderAloneForAsLongAsItIsToldAndThenProbesOnceOnly() {
        guard.acquire(1);
        guard.attempt(_ -> new Attempt(UNREACHABLE, null, WAIT.multipliedBy(3)));
        guard.release(1);

        time.addAndGet(WAIT.multipliedBy(3).toNanos());
        assertThat(guard.acquire(1)).isZero();
        assertThat(guard.retryIn()).isEqualTo(Duration.ofNanos(1));
        time.addAndGet(1);
        leaveAloneFor(WAIT.multipliedBy(6));

        time.addAndGet(WAIT.multipliedBy(6).toNanos());
        assertThat(guard.breaker()).isEqualTo(Breaker.OPEN);
        time.addAndGet(1);
        assertThat(guard.acquire(3)).isEqualTo(1);
        guard.attempt(_ -> over(TAKEN));
        guard.release(1);
        assertThat(guard.acquire(3)).isEqualTo(2);
        guard.attempt(_ -> over(TAKEN));
        assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void saysThatItsBreakerIsOpenUntilTheWaitIsOver() {
        attempts(10, UNREACHABLE);

        time.addAndGet(WAIT.toNanos());
        assertThat(guard.breaker()).isEqualTo(Breaker.OPEN);
        assertThat(guard.acquire(1)).isZero();
        assertThat(guard.retryIn()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void isHalfOpenOnceTheWaitIsOverThoughNobodyAskedForAPermit() {
        attempts(10, UNREACHABLE);

        time.addAndGet(WAIT.toNanos() + 1);
        assertThat(guard.breaker()).isEqualTo(Breaker.HALF_OPEN);
        assertThat(guard.acquire(10)).isEqualTo(3);
        assertThat(guard.attempt(_ -> over(TAKEN))).isEqualTo(TAKEN);
    }

    @Test
    void closesAgainWhenTwoProbesWentWellThoughTheThirdHangs() {
        halfOpen();
        assertThat(guard.acquire(3)).isEqualTo(3);

        guard.attempt(_ -> {
            guard.attempt(_ -> over(TAKEN));
            assertThat(guard.breaker()).isEqualTo(Breaker.HALF_OPEN);
            guard.attempt(_ -> over(TAKEN));
            assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
            assertThat(guard.acquire(1)).isEqualTo(1);
            return over(UNREACHABLE);
        });

        assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void opensAgainWhenTwoProbesFailedThoughTheThirdHangs() {
        halfOpen();
        assertThat(guard.acquire(3)).isEqualTo(3);

        guard.attempt(_ -> {
            guard.attempt(_ -> over(UNREACHABLE));
            assertThat(guard.breaker()).isEqualTo(Breaker.HALF_OPEN);
            guard.attempt(_ -> over(UNREACHABLE));
            assertThat(guard.breaker()).isEqualTo(Breaker.OPEN);
            time.addAndGet(WAIT.toNanos() + 1);
            assertThat(guard.acquire(9)).isEqualTo(3);
            return over(UNREACHABLE);
        });

        guard.attempt(_ -> over(UNREACHABLE));
        assertThat(guard.breaker()).isEqualTo(Breaker.HALF_OPEN);
    }

    @Test
    void letsAnotherProbeGoInPlaceOfOneThatHangs() {
        halfOpen();
        assertThat(guard.acquire(3)).isEqualTo(3);

        guard.attempt(_ -> {
            guard.attempt(_ -> over(TAKEN));
            guard.attempt(_ -> over(UNREACHABLE));
            time.addAndGet(PATIENCE.toNanos());
            assertThat(guard.acquire(9)).isZero();
            time.addAndGet(1);
            assertThat(guard.acquire(9)).isEqualTo(1);
            guard.attempt(_ -> over(TAKEN));
            assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
            return over(UNREACHABLE);
        });

        assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
    }

    /// Else a relay that is slow with each mail would be probed for ever.
    @Test
    void learnsFromSlowProbesThoughOthersWentInTheirPlace() {
        halfOpen();
        assertThat(guard.acquire(3)).isEqualTo(3);

        guard.attempt(_ -> {
            guard.attempt(_ -> {
                time.addAndGet(PATIENCE.toNanos() + 1);
                assertThat(guard.acquire(9)).isEqualTo(2);
                return over(TAKEN);
            });
            assertThat(guard.breaker()).isEqualTo(Breaker.HALF_OPEN);
            return over(TAKEN);
        });

        assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void givesThePlaceOfAHangingProbeToOneOtherOnly() {
        halfOpen();
        assertThat(guard.acquire(3)).isEqualTo(3);

        guard.attempt(_ -> {
            time.addAndGet(PATIENCE.toNanos() + 1);
            assertThat(guard.acquire(9)).isEqualTo(1);
            return over(OURS);
        });

        assertThat(guard.acquire(9)).isZero();
    }

    @Test
    void passesOverAHangingProbeOfAProviderThatIsToBeLeftAlone() {
        guard.acquire(1);
        guard.attempt(_ -> new Attempt(UNREACHABLE, null, WAIT.multipliedBy(3)));
        guard.release(1);
        time.addAndGet(WAIT.multipliedBy(3).toNanos() + 1);
        assertThat(guard.acquire(3)).isEqualTo(1);

        guard.attempt(_ -> {
            assertThat(guard.acquire(3)).isZero();
            time.addAndGet(PATIENCE.toNanos() + 1);
            assertThat(guard.acquire(3)).isEqualTo(1);
            return over(OURS);
        });

        assertThat(guard.acquire(3)).isZero();
    }

    @Test
    void keepsAskingAProviderThatIsSlowButTakesEverything() {
        for (int attempt = 0; attempt < 60; attempt++) {
            assertThat(guard.acquire(1)).isEqualTo(1);
            guard.attempt(_ -> {
                time.addAndGet(Duration.ofMinutes(9).toNanos());
                return over(TAKEN);
            });
            guard.release(1);
        }

        assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void logsEachOpeningAndTheClosing() {
        try (var lines = LogLines.of(BreakerLog.class.getName())) {
            attempts(9, UNREACHABLE);
            attempts(1, TAKEN);
            time.addAndGet(WAIT.toNanos() + 1);
            attempts(2, UNREACHABLE);
            time.addAndGet(WAIT.toNanos() + 1);
            attempts(3, TAKEN);

            String opened =
                    "WARNING a breaker opened, nothing is handed over"
                            + " configuration=workspaces/default/channelConfigurations/guarded"
                            + " reason=PROVIDER_UNREACHABLE reply=none failure=none wait="
                            + WAIT;
            assertThat(lines.all())
                    .filteredOn(line -> line.contains("/guarded"))
                    .containsExactly(
                            opened,
                            opened,
                            "INFO a breaker closed, mails are handed over again"
                                + " configuration=workspaces/default/channelConfigurations/guarded");
        }
    }

    @Test
    void learnsNothingFromAMessageRefusedBeforeTheProviderSawIt() {
        attempts(10, UNREACHABLE);
        time.addAndGet(WAIT.toNanos() + 1);

        attempts(10, OURS);

        assertThat(guard.breaker()).isEqualTo(Breaker.HALF_OPEN);
        attempts(3, TAKEN);
        assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void waitsOnceMoreWhenTheProbesFail() {
        attempts(10, UNREACHABLE);
        time.addAndGet(WAIT.toNanos() + 1);

        attempts(2, UNREACHABLE);

        assertThat(guard.breaker()).isEqualTo(Breaker.OPEN);
        time.addAndGet(WAIT.toNanos() + 1);
        assertThat(guard.breaker()).isEqualTo(Breaker.HALF_OPEN);
    }

    /// Messages that were excluded when they were decided, for example.
    @Test
    void doesNotCountAgainstThePaceWhatWasNotUsed() {
        var limits =
                new DeliveryLimits(
                        2, 8, 0.1, Duration.ofSeconds(5), Duration.ofSeconds(5), 50, WAIT);
        var slow =
                new ProviderGuard(
                        new ChannelConfigurationName(WorkspaceId.DEFAULT, "slow"),
                        limits,
                        time::get);
        for (int excluded = 0; excluded < 20; excluded++) {
            assertThat(slow.acquire(2)).isEqualTo(1);
            slow.release(1);
        }

        assertThat(slow.acquire(1)).isEqualTo(1);
        assertThat(slow.attempt(_ -> over(TAKEN))).isEqualTo(TAKEN);
        slow.release(1);
        assertThat(slow.acquire(1)).isZero();
    }

    @Test
    void givesNoPermitBeyondItsProbes() {
        halfOpen();
        assertThat(guard.acquire(3)).isEqualTo(3);

        guard.attempt(_ -> over(TAKEN));
        guard.release(1);

        assertThat(guard.acquire(1)).isZero();
        assertThat(guard.attempt(_ -> over(TAKEN))).isEqualTo(TAKEN);
        guard.release(1);
        assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void givesAProbeThatWasNotUsedToAnother() {
        halfOpen();

        for (int round = 0; round < 5; round++) {
            assertThat(guard.acquire(9)).isEqualTo(3);
            guard.release(3);
        }

        attempts(3, TAKEN);
        assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void asksTheProviderForEveryPermitAlthoughTheBreakerHasOpenedSince() {
        guard.acquire(12);
        for (int attempt = 0; attempt < 10; attempt++) {
            guard.attempt(_ -> over(UNREACHABLE));
        }
        assertThat(guard.breaker()).isEqualTo(Breaker.OPEN);

        assertThat(guard.attempt(_ -> over(TAKEN))).isEqualTo(TAKEN);
    }

    @Test
    void neitherWaitsForNorLearnsFromWhatWasUnderWayBeforeItOpened() {
        var permits = new AtomicLong();
        guard.acquire(11);

        guard.attempt(_ -> {
            for (int attempt = 0; attempt < 10; attempt++) {
                guard.attempt(_ -> over(UNREACHABLE));
            }
            guard.release(10);
            time.addAndGet(WAIT.toNanos() + 1);
            permits.set(guard.acquire(1));
            return over(UNREACHABLE);
        });
        guard.release(1);

        assertThat(permits).hasValue(1);
        guard.attempt(_ -> over(TAKEN));
        guard.release(1);
        attempts(2, TAKEN);
        assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
    }
}
