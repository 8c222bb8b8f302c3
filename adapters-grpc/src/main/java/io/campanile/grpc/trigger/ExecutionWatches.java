package io.campanile.grpc.trigger;

import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.ErrorReason;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Looks at every watched execution in turn, twice a second, on one thread for all. Bounded: each
/// watch is a query per round. Thread-safe.
public final class ExecutionWatches implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 500;
    private static final int MOST_WATCHES = 500;
    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

    private final Semaphore free = new Semaphore(MOST_WATCHES);
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("execution-watches").factory());

    public ExecutionWatches() {
        var _ =
                rounds.scheduleWithFixedDelay(
                        this::round, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// One caller that watches.
    interface Watch {
        /// Sends what changed; does not throw.
        ///
        /// @return whether there is more to come
        boolean look();
    }

    /// Looks at once and then in every round, until there is no more to come.
    ///
    /// @throws io.grpc.StatusRuntimeException when there are too many watches
    void add(Watch watch) {
        if (!free.tryAcquire()) {
            throw GrpcErrors.exhausted(
                    ErrorReason.ERROR_REASON_TOO_MANY_WAITERS,
                    "too many executions are watched",
                    RETRY_DELAY);
        }
        watches.add(watch);
        if (!watch.look()) {
            remove(watch);
        }
    }

    void remove(Watch watch) {
        if (watches.remove(watch)) {
            free.release();
        }
    }

    private void round() {
        for (Watch watch : watches) {
            if (!watch.look()) {
                remove(watch);
            }
        }
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
