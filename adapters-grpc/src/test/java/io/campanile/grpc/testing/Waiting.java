package io.campanile.grpc.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for conditions.
public final class Waiting {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(1);

    private Waiting() {}

    /// Returns when the condition holds, and fails when it does not in time.
    public static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in " + LONGEST);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
