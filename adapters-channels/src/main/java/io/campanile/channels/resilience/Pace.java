package io.campanile.channels.resilience;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How fast a provider is driven: halved when it asks to slow down, at most once a second, and
/// raised by a twentieth of the full pace in every second in which it does not. Thread-safe.
final class Pace {
    private static final long SECOND = 1_000_000_000L;
    private static final double SLOWEST = 0.1;

    private final double configured;
    private final LongSupplier nanoTime;

    /// The pace to come back to: the configured one, or what was measured when the provider asked
    /// to slow down. Where none is configured, the limit is given up at twice this.
    private double full;

    private double current;

    /// Those that may go besides what the limiter allows, in place of others that did not: no more
    /// than are allowed at once.
    private int givenBack;

    private @Nullable RateLimiter limiter;
    private long lastHalving;

    /// Since when nobody asked to slow down, less the seconds a raise was given for.
    private long quietSince;

    private long windowStart;
    private long inWindow;
    private double measured;

    Pace(double configured, LongSupplier nanoTime) {
        this.configured = configured;
        this.nanoTime = nanoTime;
        this.full = configured;
        windowStart = nanoTime.getAsLong();
        quietSince = windowStart;
        lastHalving = windowStart - SECOND;
        drive(configured);
    }

    /// Messages per second, 0 for no limit.
    synchronized double current() {
        recover();
        return current;
    }

    synchronized boolean tryOne() {
        recover();
        measure();
        if (givenBack > 0) {
            givenBack--;
            return true;
        }
        return limiter == null || limiter.acquirePermission();
    }

    /// One that was allowed did not go: another one may go in its place.
    synchronized void giveBack() {
        inWindow = Math.max(0, inWindow - 1);
        givenBack = limiter == null ? 0 : Math.min(givenBack + 1, inPeriod(current));
    }

    /// How long until another one goes.
    synchronized Duration untilNext() {
        return current == 0 ? Duration.ZERO : period(current);
    }

    synchronized void slowDown() {
        recover();
        long now = nanoTime.getAsLong();
        quietSince = now;
        if (now - lastHalving < SECOND) {
            return;
        }
        lastHalving = now;
        if (current == 0) {
            full = Math.max(1, Math.max(measured, (double) inWindow));
            drive(full / 2);
        } else {
            drive(Math.min(current, Math.max(SLOWEST, current / 2)));
        }
    }

    private void measure() {
        long now = nanoTime.getAsLong();
        if (now - windowStart >= SECOND) {
            measured = (double) inWindow * SECOND / (double) (now - windowStart);
            windowStart = now;
            inWindow = 0;
        }
        inWindow++;
    }

    private void recover() {
        long seconds = (nanoTime.getAsLong() - quietSince) / SECOND;
        if (current == configured || seconds < 1) {
            return;
        }
        quietSince += seconds * SECOND;
        double raised = current + seconds * Math.max(SLOWEST, full / 20);
        if (configured > 0) {
            drive(Math.min(configured, raised));
        } else {
            drive(raised >= 2 * full ? 0 : raised);
        }
    }

    private void drive(double pace) {
        current = pace;
        givenBack = 0;
        limiter =
                pace == 0
                        ? null
                        : RateLimiter.of(
                                "pace",
                                RateLimiterConfig.custom()
                                        .limitRefreshPeriod(period(pace))
                                        .limitForPeriod(inPeriod(pace))
                                        .timeoutDuration(Duration.ZERO)
                                        .build());
    }

    /// A tenth of a second's worth at a time, or one by one when that is less than one.
    private static int inPeriod(double pace) {
        return (int) Math.max(1, Math.floor(pace / 10));
    }

    private static Duration period(double pace) {
        return Duration.ofNanos((long) (inPeriod(pace) * SECOND / pace));
    }
}
