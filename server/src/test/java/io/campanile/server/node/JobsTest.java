package io.campanile.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.campanile.application.store.StoreUnavailable;
import io.campanile.testkit.log.LogLines;
import io.campanile.testkit.time.Patience;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

class JobsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void goesOnWithTheNextStepWhateverBecameOfTheLast() throws InterruptedException {
        var reached = new CountDownLatch(1);
        var steps = new LinkedHashMap<String, Runnable>();
        steps.put(
                "waits",
                () -> {
                    throw new StoreUnavailable(
                            "away", new IllegalStateException("by the test's will"));
                });
        steps.put(
                "fails",
                () -> {
                    throw new IllegalStateException("by the test's will");
                });
        steps.put("works", reached::countDown);

        try (var jobs = new Jobs()) {
            jobs.eachEvery(HOUR, "steps", steps);

            assertThat(reached.await(Patience.TIME.toSeconds(), SECONDS)).isTrue();
        }
    }

    @Test
    void runsWhatMustNotComeLateOnAThreadOfTheMachinesOwn() throws InterruptedException {
        var threads = new LinkedBlockingQueue<Thread>();

        try (var jobs = new Jobs()) {
            jobs.promptlyEvery(HOUR, "lease", () -> threads.add(Thread.currentThread()));

            assertThat(threads.poll(Patience.TIME.toSeconds(), SECONDS))
                    .isNotNull()
                    .returns(false, Thread::isVirtual)
                    .returns(true, Thread::isDaemon);
        }
    }

    @Test
    void triesSoonAgainWhatFoundNoDatabase() throws InterruptedException {
        var tries = new CountDownLatch(3);

        try (var jobs = new Jobs(Duration.ofMillis(1), HOUR)) {
            jobs.longEvery(
                    HOUR,
                    "waits",
                    () -> {
                        tries.countDown();
                        if (tries.getCount() > 0) {
                            throw new StoreUnavailable(
                                    "away", new IllegalStateException("by the test's will"));
                        }
                    });

            assertThat(tries.await(Patience.TIME.toSeconds(), SECONDS)).isTrue();
        }
    }

    @Test
    void saysWhyAJobFindsNoDatabase() throws InterruptedException {
        var tries = new CountDownLatch(3);
        try (var lines = LogLines.of(Jobs.class.getName())) {
            try (var jobs = new Jobs()) {
                jobs.every(
                        Duration.ofMillis(1),
                        "often",
                        () -> {
                            tries.countDown();
                            throw new StoreUnavailable(
                                    "sqlstate 53100", new IllegalStateException("by the test"));
                        });

                assertThat(tries.await(Patience.TIME.toSeconds(), SECONDS)).isTrue();
            }

            assertThat(lines.all())
                    .filteredOn(line -> line.contains("job=often"))
                    .first()
                    .isEqualTo(
                            "WARNING a job waits for the database job=often cause=sqlstate 53100");
        }
    }

    @Test
    @Timeout(60)
    void letsWorkEndThatMayTakeLong() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        Thread closing = Thread.currentThread();

        try (var jobs = new Jobs(HOUR, HOUR)) {
            jobs.longEvery(
                    HOUR,
                    "long",
                    () -> {
                        begun.countDown();
                        awaitClose(closing);
                        ended.countDown();
                    });
            begun.await();
        }

        assertThat(ended.getCount()).isZero();
    }

    @Test
    @Timeout(60)
    void letsWorkEndThatIsApartAndBeginsNoOther() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        var next = new CountDownLatch(1);
        Thread closing = Thread.currentThread();

        try (var jobs = new Jobs(HOUR, HOUR)) {
            Executor apart = jobs.apart("begin", 1);
            apart.execute(() -> {
                begun.countDown();
                awaitClose(closing);
                ended.countDown();
            });
            apart.execute(next::countDown);
            begun.await();
        }

        assertThat(ended.getCount()).isZero();
        assertThat(next.getCount()).isEqualTo(1);
    }

    @Test
    @Timeout(60)
    void interruptsAStepThatTakesLongAndBeginsNoOther() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var next = new CountDownLatch(1);
        var steps = new LinkedHashMap<String, Runnable>();
        steps.put(
                "takes-long",
                () -> {
                    begun.countDown();
                    sleep();
                });
        steps.put("next", next::countDown);

        try (var jobs = new Jobs(HOUR, Duration.ofMillis(1))) {
            jobs.eachEvery(HOUR, "steps", steps);
            assertThat(begun.await(Patience.TIME.toSeconds(), SECONDS)).isTrue();
        }

        assertThat(next.getCount()).isEqualTo(1);
    }

    /// Until the close waits for running work: nothing else that thread does waits with a deadline.
    private static void awaitClose(Thread closing) {
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            if (Thread.interrupted()) {
                throw new IllegalStateException("interrupted");
            }
            Thread.onSpinWait();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(HOUR);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
