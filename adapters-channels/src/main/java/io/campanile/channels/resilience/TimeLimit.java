package io.campanile.channels.resilience;

import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/// How long somebody waits for something. Stopping what takes longer is up to the caller, who knows
/// what that means.
public final class TimeLimit {
    private final TimeLimiter limiter;

    /// @param longest rounded up to milliseconds
    public TimeLimit(Duration longest) {
        limiter =
                TimeLimiter.of(
                        TimeLimiterConfig.custom()
                                .timeoutDuration(longest.plusNanos(999_999))
                                .cancelRunningFuture(false)
                                .build());
    }

    /// Whether it is done in time; false as well when the waiting thread is interrupted, which it
    /// stays.
    public boolean await(CompletableFuture<?> done) {
        try {
            limiter.executeFutureSupplier(() -> done);
            return true;
        } catch (TimeoutException _) {
            return done.isDone();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
