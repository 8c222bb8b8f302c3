package io.campanile.channels.resilience;

import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.message.AttemptOutcome;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Stands between delivery and a provider: slots (bulkhead), pace (rate limiter) and circuit
/// breaker of one channel configuration on this node. Never tries again. Thread-safe.
///
/// A permit is a slot and the breaker's permission, taken together: a message that was marked is
/// handed over, and while the breaker probes nothing is marked beyond its probes. Whoever returns
/// permits does not say which were used; the used ones are taken to go first. So a permission is
/// given back a moment late at worst.
public final class ProviderGuard {
    private static final int WINDOW = 50;
    private static final int FEWEST_TO_JUDGE = 10;

    /// So many probes that agree are enough: another one may hang for as long as a final reply may
    /// take.
    private static final int AGREEING_PROBES = 2;

    /// A provider that takes everything is in order however long it takes.
    private static final Duration NEVER_SLOW = Duration.ofDays(3_650);

    private final DeliveryLimits limits;
    private final LongSupplier nanoTime;
    private final BreakerLog log;
    private final FailureLog failures;
    private final AlikeRefusals refusals = new AlikeRefusals();
    private final Bulkhead slots;
    private final CircuitBreaker breaker;
    private final Pace pace;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Permits permits = new Permits();

    private long openedAt;
    private Duration openFor;
    private int goodProbes;
    private int badProbes;

    /// When an attempt last began with a permission of this epoch.
    private long lastBegun;

    /// Attempts that began before this time are probes that hang. They keep nobody's place any
    /// more, and what they come to still counts.
    private long passedOverUntil;

    /// Whether the provider is to be left alone, but for one probe at a time.
    private boolean rests;

    private @Nullable Attempt lastAgainst;

    public ProviderGuard(
            ChannelConfigurationName configuration, DeliveryLimits limits, LongSupplier nanoTime) {
        this.log = new BreakerLog(configuration);
        this.failures = new FailureLog(configuration, nanoTime);
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.openFor = limits.breakerWait();
        this.passedOverUntil = nanoTime.getAsLong();
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
                                .permittedNumberOfCallsInHalfOpenState(ProviderStatus.MOST_PROBES)
                                .slowCallDurationThreshold(NEVER_SLOW)
                                .clock(new Ticker(nanoTime))
                                .recordResult(ProviderGuard::countsAgainstProvider)
                                .build());
        breaker.getEventPublisher()
                .onStateTransition(
                        transition -> changed(transition.getStateTransition().getToState()));
    }

    private synchronized void changed(CircuitBreaker.State to) {
        permits.newEpoch();
        goodProbes = 0;
        badProbes = 0;
        if (to == CircuitBreaker.State.OPEN) {
            openedAt = nanoTime.getAsLong();
            if (lastAgainst != null) {
                log.opened(lastAgainst, openFor);
            }
        } else if (to == CircuitBreaker.State.CLOSED) {
            log.closed();
        }
    }

    /// A refusal or a busy address says something of one recipient, an outage something of the
    /// provider; a request to slow down changes the pace instead.
    private static boolean countsAgainstProvider(Object result) {
        return switch ((AttemptOutcome) result) {
            case AttemptOutcome.Taken _, AttemptOutcome.Refused _, AttemptOutcome.NotBegun _ ->
                    false;
            case AttemptOutcome.Busy(Reason reason, _, _) ->
                    reason != Reason.PROVIDER_THROTTLED && reason != Reason.ADDRESS_BUSY;
            case AttemptOutcome.Ambiguous _ -> true;
        };
    }

    public synchronized int acquire(int wanted) {
        passOverHangingProbes();
        int given = 0;
        while (given < wanted && !closed.get() && tryOne()) {
            permits.take();
            given++;
        }
        return given;
    }

    /// One backend of a relay that hangs would keep the breaker half open for as long as its final
    /// reply may take, while the others take mail. What a slow probe comes to still counts.
    private void passOverHangingProbes() {
        long now = nanoTime.getAsLong();
        Duration patience = limits.breakerWait().plus(limits.attemptTimeout());
        if (breaker.getState() == CircuitBreaker.State.HALF_OPEN
                && now - lastBegun > patience.toNanos()) {
            passedOverUntil = now;
            for (int hanging = permits.passOver(); hanging > 0; hanging--) {
                breaker.releasePermission();
            }
        }
    }

    private boolean tryOne() {
        if (!slots.tryAcquirePermission()) {
            return false;
        }
        if (!breaker.tryAcquirePermission()) {
            slots.onComplete();
            return false;
        }
        if (isProbing() || !pace.tryOne()) {
            breaker.releasePermission();
            slots.onComplete();
            return false;
        }
        return true;
    }

    private boolean isProbing() {
        return rests
                && permits.isAnyUnderWay()
                && breaker.getState() == CircuitBreaker.State.HALF_OPEN;
    }

    public synchronized void release(int count) {
        if (count > permits.taken()) {
            throw new IllegalStateException(count + " permits given back, fewer taken");
        }
        for (int given = 0; given < count; given++) {
            slots.onComplete();
            forget(permits.giveBack());
        }
    }

    private void forget(Permits.GivenBack permit) {
        switch (permit) {
            case USED -> {}
            case UNUSED_OF_EARLIER -> pace.giveBack();
            case UNUSED -> {
                pace.giveBack();
                breaker.releasePermission();
            }
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

    private synchronized Duration untilProbe() {
        if (breaker.getState() != CircuitBreaker.State.OPEN) {
            return Duration.ZERO;
        }
        // The breaker lets a probe through only when more time than its wait has gone by.
        long left = openFor.toNanos() + 1 - (nanoTime.getAsLong() - openedAt);
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /// Makes an attempt with a permit and learns from what it comes to, unless the breaker has
    /// changed its state since: what was under way before says nothing of the provider now. It may
    /// wait for long before it begins.
    ///
    /// @param making given what says whether it still may begin: not when the breaker has opened
    ///   since, but for one who only hears what the others did
    public AttemptOutcome attempt(Function<BooleanSupplier, Attempt> making) {
        int begunIn = begin();
        long start = nanoTime.getAsLong();
        Attempt attempt = null;
        try {
            attempt = making.apply(() -> mayBegin(begunIn));
            return looked(attempt);
        } finally {
            end(begunIn, start, attempt);
        }
    }

    private AttemptOutcome looked(Attempt attempt) {
        if (isOurs(attempt.outcome())) {
            failures.lookAtOurs(attempt);
            return attempt.outcome();
        }
        boolean alike = refusals.goOnWith(attempt.outcome());
        failures.look(attempt, alike);
        return alike ? AlikeRefusals.blamingNoAddress(attempt.outcome()) : attempt.outcome();
    }

    private synchronized boolean mayBegin(int begunIn) {
        return permits.isOfNow(begunIn)
                || rests
                || breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    private synchronized int begin() {
        int begunIn = permits.begin();
        lastBegun = permits.isOfNow(begunIn) ? nanoTime.getAsLong() : lastBegun;
        return begunIn;
    }

    private synchronized void end(int begunIn, long start, @Nullable Attempt attempt) {
        AttemptOutcome outcome = attempt == null ? null : attempt.outcome();
        boolean passedOver = start - passedOverUntil < 0;
        if (passedOver ? permits.endPassedOver(begunIn) : permits.end(begunIn)) {
            if (attempt != null && !isOurs(attempt.outcome())) {
                learn(attempt, nanoTime.getAsLong() - start);
            } else if (!passedOver) {
                breaker.releasePermission();
            }
        }
        if (outcome instanceof AttemptOutcome.Busy(Reason reason, _, _)
                && reason == Reason.PROVIDER_THROTTLED) {
            pace.slowDown();
        }
    }

    private void learn(Attempt attempt, long nanos) {
        AttemptOutcome outcome = attempt.outcome();
        lastAgainst = countsAgainstProvider(outcome) ? attempt : lastAgainst;
        Duration rest = attempt.rest();
        if (breaker.getState() != CircuitBreaker.State.OPEN) {
            rests = rest != null || (rests && countsAgainstProvider(outcome));
            openFor = rest == null ? limits.breakerWait() : rest;
            if (rest != null) {
                breaker.transitionToOpenStateFor(rest);
                return;
            }
        }
        breaker.onResult(nanos, TimeUnit.NANOSECONDS, outcome);
        decideByProbes(outcome);
    }

    private void decideByProbes(AttemptOutcome outcome) {
        if (breaker.getState() != CircuitBreaker.State.HALF_OPEN) {
            return;
        }
        if (countsAgainstProvider(outcome)) {
            badProbes++;
        } else {
            goodProbes++;
        }
        if (badProbes == AGREEING_PROBES) {
            breaker.transitionToOpenState();
        } else if (goodProbes == AGREEING_PROBES) {
            breaker.transitionToClosedState();
        }
    }

    /// A message that the provider did not see says nothing of it: one that we refused, or that got
    /// no connection because others had them all.
    private static boolean isOurs(AttemptOutcome outcome) {
        boolean decidedHere =
                outcome instanceof AttemptOutcome.Refused
                        || outcome instanceof AttemptOutcome.NotBegun
                        || (outcome instanceof AttemptOutcome.Busy(Reason reason, _, _)
                                && reason == Reason.PROVIDER_BUSY);
        return decidedHere && outcome.reply().equals(ProviderReply.NONE);
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

    public synchronized int slotsTaken() {
        return permits.taken();
    }

    /// Gives no more permits.
    public void close() {
        closed.set(true);
    }
}
