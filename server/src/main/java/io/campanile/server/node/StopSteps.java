package io.campanile.server.node;

import io.campanile.application.store.StoreUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The steps of a stop, one after the other. Together they get so much time: what does not end is
/// left behind, because a process that was told to end must. Nothing that goes wrong with a step
/// keeps the next from being made. For one thread.
final class StopSteps {
    private static final Logger LOG = LoggerFactory.getLogger(StopSteps.class);

    private final long end;
    private final List<String> leftBehind = new ArrayList<>();
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();

    private StopSteps(long end) {
        this.end = end;
    }

    /// Steps that get so much time from now on.
    static StopSteps within(Duration most) {
        return new StopSteps(System.nanoTime() + most.toNanos());
    }

    /// What may wait, and is interrupted when it does so for too long.
    @FunctionalInterface
    interface Step {
        void run() throws InterruptedException;
    }

    /// Makes the step.
    void run(String name, Step step) throws InterruptedException {
        Thread thread = Thread.ofVirtual().name("stop-" + name).start(() -> make(name, step));
        if (!thread.join(Duration.ofNanos(end - System.nanoTime()))) {
            LOG.error("a step of the stop did not end in time step={}", name);
            leftBehind.add(name);
            thread.interrupt();
        }
    }

    private void make(String name, Step step) {
        try {
            step.run();
        } catch (StoreUnavailable e) {
            LOG.warn(
                    "the database is away while the node stops step={} cause={}", name, e.reason());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    /// @throws IllegalStateException when some step did not end in time
    /// @throws RuntimeException what the first step failed with that did
    void refuseDisorder() {
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        if (!leftBehind.isEmpty()) {
            throw new IllegalStateException("did not end in time: " + leftBehind);
        }
    }
}
