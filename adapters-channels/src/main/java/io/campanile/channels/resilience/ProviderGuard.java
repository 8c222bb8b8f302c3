package io.campanile.channels.resilience;

import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Stands between delivery and a provider: slots (bulkhead), pace (rate limiter) and circuit
/// breaker of one channel configuration on this node. Never tries again. Thread-safe.
public final class ProviderGuard {
    private static final int WINDOW = 50;
    private static final int FEWEST_TO_JUDGE = 10;
    private static final int PROBES = 3;

    private final DeliveryLimits limits;
    private final LongSupplier nanoTime;
    private final Bulkhead slots;
    private final CircuitBreaker breaker;
    private final Pace pace;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLong openedAt = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    public ProviderGuard(DeliveryLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.pace = new Pace(limits.messagesPerSecond(), nanoTime);
        this.slots =
                Bulkhead.of(
                        "slots",
                        BulkheadConfig.custom()
                                .maxConcurrentCalls(limits.slots())
                                .maxWaitDuration(Duration.ZERO)
                                .build());
        this.breaker =
                CircuitBreaker.of(
                        "breaker",
                        CircuitBreakerConfig.custom()
                                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                                .slidingWindowSize(WINDOW)
                                .minimumNumberOfCalls(FEWEST_TO_JUDGE)
                                .failureRateThreshold(limits.breakerFailurePercent())
                                .waitDurationInOpenState(limits.breakerWait())
                                .permittedNumberOfCallsInHalfOpenState(PROBES)
                                .clock(new Ticker(nanoTime))
                                .recordResult(ProviderGuard::countsAgainstProvider)
                                .build());
        breaker.getEventPublisher()
                .onStateTransition(transition -> {
                    if (transition.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                        openedAt.set(nanoTime.getAsLong());
                    }
                });
    }

    /// A refusal or a busy address says something of one recipient, an outage something of the
    /// provider; a request to slow down changes the pace instead.
    private static boolean countsAgainstProvider(Object result) {
        return switch ((AttemptOutcome) result) {
            case AttemptOutcome.Taken _, AttemptOutcome.Refused _ -> false;
            case AttemptOutcome.Busy(Reason reason, _, _) ->
                    reason != Reason.PROVIDER_THROTTLED && reason != Reason.ADDRESS_BUSY;
            case AttemptOutcome.Ambiguous _ -> true;
        };
    }

    public int acquire(int wanted) {
        int given = 0;
        while (given < wanted && !closed.get() && mayProbe() && slots.tryAcquirePermission()) {
            if (!pace.tryOne()) {
                slots.onComplete();
                break;
            }
            taken.incrementAndGet();
            given++;
        }
        return given;
    }

    /// While the breaker is not closed, only as many as it lets probe.
    private boolean mayProbe() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> untilProbe().isZero() && taken.get() == 0;
            case HALF_OPEN -> taken.get() < PROBES;
            case CLOSED, DISABLED, METRICS_ONLY -> true;
        };
    }

    public void release(int permits) {
        if (taken.addAndGet(-permits) < 0) {
            taken.addAndGet(permits);
            throw new IllegalStateException(permits + " permits given back, fewer taken");
        }
        for (int given = 0; given < permits; given++) {
            slots.onComplete();
        }
    }

    /// How long to wait before another [#acquire] when it is not slots that are missing.
    public Duration retryIn() {
        Duration untilProbe = untilProbe();
        if (!untilProbe.isZero()) {
            return untilProbe;
        }
        return slots.getMetrics().getAvailableConcurrentCalls() == 0
                ? Duration.ZERO
                : pace.untilNext();
    }

    private Duration untilProbe() {
        if (breaker.getState() != CircuitBreaker.State.OPEN) {
            return Duration.ZERO;
        }
        // The breaker lets a probe through only when more time than its wait has gone by.
        long left = limits.breakerWait().toNanos() + 1 - (nanoTime.getAsLong() - openedAt.get());
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /// Makes an attempt unless the breaker has opened since the permit was given.
    public AttemptOutcome attempt(Supplier<AttemptOutcome> attempt) {
        if (!breaker.tryAcquirePermission()) {
            return new AttemptOutcome.Busy(
                    Reason.PROVIDER_UNREACHABLE, ProviderReply.NONE, untilProbe());
        }
        long start = nanoTime.getAsLong();
        boolean judged = false;
        try {
            AttemptOutcome outcome = attempt.get();
            if (!isOurs(outcome)) {
                judged = true;
                breaker.onResult(nanoTime.getAsLong() - start, TimeUnit.NANOSECONDS, outcome);
            }
            if (outcome instanceof AttemptOutcome.Busy(Reason reason, _, _)
                    && reason == Reason.PROVIDER_THROTTLED) {
                pace.slowDown();
            }
            return outcome;
        } finally {
            if (!judged) {
                breaker.releasePermission();
            }
        }
    }

    /// A message refused before the provider saw it says nothing of the provider.
    private static boolean isOurs(AttemptOutcome outcome) {
        return outcome instanceof AttemptOutcome.Refused(_, ProviderReply reply, _)
                && reply.equals(ProviderReply.NONE);
    }

    /// Half open as soon as a probe may go. resilience4j itself leaves `OPEN` only when asked for a
    /// permission, and whoever waits for another state than that would wait for ever.
    public Breaker breaker() {
        return switch (breaker.getState()) {
            case OPEN -> untilProbe().isZero() ? Breaker.HALF_OPEN : Breaker.OPEN;
            case FORCED_OPEN -> Breaker.OPEN;
            case HALF_OPEN -> Breaker.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> Breaker.CLOSED;
        };
    }

    public double pace() {
        return pace.current();
    }

    public int slotsTaken() {
        return taken.get();
    }

    /// Gives no more permits.
    public void close() {
        closed.set(true);
    }
}
