package io.campanile.channels.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class ProviderGuardTest {
    private static final AttemptOutcome TAKEN =
            new AttemptOutcome.Taken(new ProviderReply(250, "2.0.0"));
    private static final AttemptOutcome UNREACHABLE =
            new AttemptOutcome.Busy(Reason.PROVIDER_UNREACHABLE, ProviderReply.NONE, null);
    private static final Duration WAIT = DeliveryLimits.DEFAULT.breakerWait();

    private final AtomicLong time = new AtomicLong();
    private final ProviderGuard guard = new ProviderGuard(DeliveryLimits.DEFAULT, time::get);

    private void attempts(int times, AttemptOutcome outcome) {
        for (int attempt = 0; attempt < times; attempt++) {
            guard.attempt(() -> outcome);
        }
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
        assertThat(guard.acquire(10)).isEqualTo(1);
        assertThat(guard.attempt(() -> TAKEN)).isEqualTo(TAKEN);
    }

    @Test
    void closesAgainAfterThreeProbes() {
        attempts(10, UNREACHABLE);
        time.addAndGet(WAIT.toNanos() + 1);

        attempts(3, TAKEN);

        assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void learnsNothingFromAMessageRefusedBeforeTheProviderSawIt() {
        attempts(10, UNREACHABLE);
        time.addAndGet(WAIT.toNanos() + 1);

        attempts(10, new AttemptOutcome.Refused(Reason.RENDERING_FAILED, ProviderReply.NONE));

        assertThat(guard.breaker()).isEqualTo(Breaker.HALF_OPEN);
        attempts(3, TAKEN);
        assertThat(guard.breaker()).isEqualTo(Breaker.CLOSED);
    }

    @Test
    void waitsOnceMoreWhenTheProbesFail() {
        attempts(10, UNREACHABLE);
        time.addAndGet(WAIT.toNanos() + 1);

        attempts(3, UNREACHABLE);

        assertThat(guard.breaker()).isEqualTo(Breaker.OPEN);
        time.addAndGet(WAIT.toNanos() + 1);
        assertThat(guard.breaker()).isEqualTo(Breaker.HALF_OPEN);
    }
}
