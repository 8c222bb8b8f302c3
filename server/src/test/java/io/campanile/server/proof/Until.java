package io.campanile.server.proof;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for conditions, never for time.
final class Until {
    private static final Duration POLL = Duration.ofMillis(5);

    private Until() {}

    /// Waits until the condition holds; fails when it does not within three minutes: machines can
    /// be busy.
    static void holds(String condition, BooleanSupplier holds) {
        holds(condition, Duration.ofMinutes(3), holds);
    }

    /// Waits until the condition holds.
    ///
    /// @throws AssertionError when it does not in time
    static void holds(String condition, Duration atMost, BooleanSupplier holds) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + atMost + ": " + condition);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
