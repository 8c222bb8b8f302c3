package io.campanile.grpc.testing;

import io.campanile.testkit.time.Patience;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for conditions on the thread of the test, and looks at once and often. Unlike
/// [Patience#await()] it fails for no exception of another thread, and leaves the handler of those
/// alone: `ExecutionWatchesTest` is about that handler.
public final class Waiting {
    private static final Duration POLL = Duration.ofMillis(1);

    private Waiting() {}

    /// Returns when the condition holds, and fails when it does not in time.
    public static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Patience.TIME.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in " + Patience.TIME);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
