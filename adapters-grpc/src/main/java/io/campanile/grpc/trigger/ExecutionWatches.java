package io.campanile.grpc.trigger;

import io.campanile.application.share.CallPermits;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.ErrorReason;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks at every watched execution in turn, on one thread for all: twice a second, but a tenth of
/// the time at most, so that many watches, or a slow database, take no more of it; but every ten
/// seconds however long a look takes. Bounded. Thread-safe.
public final class ExecutionWatches implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 500;
    private static final int MOST_WATCHES = 1_000;

    /// So many times as long as the last look took, nobody looks.
    private static final int REST = 9;

    /// One slow look must not blind a watch for minutes.
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

    private final CallPermits permits = new CallPermits(MOST_WATCHES);

    /// The watches, each with the time before which it is not looked at again ([System#nanoTime]).
    private final Map<Watch, Long> watches = new ConcurrentHashMap<>();

    private final CountDownLatch stop = new CountDownLatch(1);

    public ExecutionWatches() {
        Thread.ofVirtual().name("execution-watches").start(this::run);
    }

    /// One caller that watches.
    interface Watch {
        /// Whose execution it is.
        WorkspaceId workspace();

        /// Sends what changed; does not throw.
        ///
        /// @return whether there is more to come
        boolean look();
    }

    /// Looks at once and then in every round, until there is no more to come.
    ///
    /// @throws io.grpc.StatusRuntimeException when there are too many watches, of all workspaces or
    ///   of this one
    void add(Watch watch) {
        if (!permits.take(watch.workspace())) {
            throw GrpcErrors.exhausted(
                    ErrorReason.ERROR_REASON_TOO_MANY_WAITERS,
                    "too many executions are watched",
                    RETRY_DELAY);
        }
        watches.put(watch, System.nanoTime());
        look(watch);
    }

    private void look(Watch watch) {
        long begin = System.nanoTime();
        if (!watch.look()) {
            remove(watch);
            return;
        }
        long end = System.nanoTime();
        watches.replace(watch, end + restNanos(end - begin));
    }

    /// How long nobody looks after a look that took so long.
    static long restNanos(long lookNanos) {
        return Math.min(REST * lookNanos, LONGEST_REST.toNanos());
    }

    void remove(Watch watch) {
        if (watches.remove(watch) != null) {
            permits.giveBack(watch.workspace());
        }
    }

    /// An error ends this thread, and is a matter of the process: without it nobody would look.
    private void run() {
        try {
            while (!stop.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the watches", e);
        }
    }

    private void round() {
        watches.forEach((watch, notBefore) -> {
            if (System.nanoTime() - notBefore >= 0) {
                look(watch);
            }
        });
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
