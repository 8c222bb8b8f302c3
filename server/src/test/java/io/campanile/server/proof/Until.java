package io.campanile.server.proof;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for conditions, never for time.
final class Until {
    /// Machines can be busy.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration POLL = Duration.ofMillis(20);

    /// For conditions that are dear to look at.
    private static final Duration SELDOM = Duration.ofMillis(250);

    private Until() {}

    /// Waits until the condition holds; fails when it does not within three minutes.
    static void holds(String condition, BooleanSupplier holds) {
        holds(condition, PATIENCE, holds);
    }

    /// Waits until the condition holds, which takes the node much work to tell.
    static void holdsAtLast(String condition, BooleanSupplier holds) {
        holds(condition, PATIENCE, SELDOM, holds);
    }

    /// Waits until the condition holds.
    ///
    /// @throws AssertionError when it does not in time
    static void holds(String condition, Duration atMost, BooleanSupplier holds) {
        holds(condition, atMost, POLL, holds);
    }

    private static void holds(
            String condition, Duration atMost, Duration poll, BooleanSupplier holds) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + atMost + ": " + condition);
            }
            LockSupport.parkNanos(poll.toNanos());
        }
    }
}
