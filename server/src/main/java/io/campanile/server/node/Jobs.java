package io.campanile.server.node;

import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// What a node does again and again, each on a thread of its own, so that none waits for another.
final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /// What runs hourly is not left out for an hour because the database was away for a moment.
    private static final Duration MOST_UNTIL_RETRY = Duration.ofSeconds(30);

    /// What has begun may end in good order: an interrupted statement takes its connection with it.
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Duration untilRetry;
    private final Duration grace;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final List<Thread> interruptible = new ArrayList<>();
    private final List<ExecutorService> apart = new ArrayList<>();
    private final Map<String, OutageLog> outages = new ConcurrentHashMap<>();

    Jobs() {
        this(MOST_UNTIL_RETRY, GRACE);
    }

    /// @param untilRetry how long work waits at most that found no database
    /// @param grace how long work goes on that is interrupted when the node stops
    Jobs(Duration untilRetry, Duration grace) {
        this.untilRetry = untilRetry;
        this.grace = grace;
    }

    /// Runs the work now and then with this much time between two runs. What fails is logged and
    /// tried again.
    void every(Duration pause, String name, Runnable work) {
        threads.add(
                Thread.ofVirtual().name(name).start(() -> run(pause, () -> runOnce(name, work))));
    }

    /// As [#every], for work that must not come late: on a thread of the machine's own, which waits
    /// for no other to leave a processor.
    void promptlyEvery(Duration pause, String name, Runnable work) {
        threads.add(
                Thread.ofPlatform()
                        .name(name)
                        .daemon()
                        .start(() -> run(pause, () -> runOnce(name, work))));
    }

    /// As [#every], for work that may take long: when the node stops, what does not end soon is
    /// interrupted.
    void longEvery(Duration pause, String name, Runnable work) {
        interruptible.add(
                Thread.ofVirtual().name(name).start(() -> run(pause, () -> runOnce(name, work))));
    }

    /// Runs these one after the other now and then, each whatever became of those before it. They
    /// may take long: when the node stops, what does not end soon is interrupted. What waited in
    /// vain for others at the database is not tried before the next time: it would be in their way.
    void eachEvery(Duration pause, String name, SequencedMap<String, Runnable> steps) {
        interruptible.add(
                Thread.ofVirtual().name(name).start(() -> run(pause, () -> runEach(steps))));
    }

    private boolean runEach(SequencedMap<String, Runnable> steps) {
        steps.forEach((step, work) -> {
            if (stopping.getCount() > 0) {
                var _ = runOnce(step, work);
            }
        });
        return true;
    }

    /// Runs work that may take minutes, so much of it at once. When the node stops, what waits is
    /// not begun, and what does not end soon is interrupted.
    Executor apart(String name, int atOnce) {
        ExecutorService executor =
                Executors.newFixedThreadPool(
                        atOnce, Thread.ofVirtual().name(name + '-', 0).factory());
        apart.add(executor);
        return work ->
                executor.execute(() -> {
                    if (stopping.getCount() > 0) {
                        work.run();
                    }
                });
    }

    /// @param work says whether it is done until the next time
    private void run(Duration pause, BooleanSupplier work) {
        Duration beforeRetry = pause.compareTo(untilRetry) < 0 ? pause : untilRetry;
        try {
            Duration rest;
            do {
                rest = work.getAsBoolean() ? pause : beforeRetry;
            } while (!stopping.await(rest.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether it is done; a defect would only repeat itself.
    private boolean runOnce(String name, Runnable work) {
        try {
            work.run();
            return true;
        } catch (StoreUnavailable e) {
            outages.computeIfAbsent(name, _ -> new OutageLog(Jobs.class))
                    .warn("a job waits for the database job=" + name, e);
            return false;
        } catch (RuntimeException e) {
            LOG.error("a job failed job={}", name, e);
            return true;
        }
    }

    /// Lets running work end, and starts none anew. What may take minutes is interrupted when it
    /// has not ended soon.
    @Override
    public void close() {
        stopping.countDown();
        long graceEnd = System.nanoTime() + grace.toNanos();
        try {
            endLongWork(graceEnd);
            for (Thread thread : threads) {
                thread.join();
            }
            // After whatever gives them work.
            for (ExecutorService executor : apart) {
                end(executor, graceEnd);
            }
        } catch (InterruptedException e) {
            apart.forEach(ExecutorService::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }

    private void endLongWork(long graceEnd) throws InterruptedException {
        try {
            for (Thread thread : interruptible) {
                var _ = thread.join(Duration.ofNanos(graceEnd - System.nanoTime()));
            }
        } finally {
            interruptible.forEach(Thread::interrupt);
        }
        for (Thread thread : interruptible) {
            thread.join();
        }
    }

    private static void end(ExecutorService executor, long graceEnd) throws InterruptedException {
        executor.shutdown();
        try {
            var _ = executor.awaitTermination(graceEnd - System.nanoTime(), TimeUnit.NANOSECONDS);
        } finally {
            executor.shutdownNow();
        }
        executor.close();
    }
}
