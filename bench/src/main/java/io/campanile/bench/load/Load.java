package io.campanile.bench.load;

import io.campanile.bench.process.Times;
import io.campanile.v1.TriggerCampaignRequest;

import org.HdrHistogram.Recorder;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// One [LoadJob] in progress: starts calls, the next one as soon as an answer comes, or at a fixed
/// rate whatever comes.
final class Load {
    private static final long REPEAT_AFTER_MILLIS = 20;
    private static final long PATIENCE_SECONDS = 60;

    private final LoadJob job;
    private final Calls calls;
    private final Requests requests;
    private final long begin = System.nanoTime();
    private final long beginMicros = Times.nowMicros();
    private final long end;
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Recorder latencies = new Recorder(2);
    private final Recorder refusals = new Recorder(2);
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("");
    private final long[] startMicros;
    private long unsent;

    Load(LoadJob job, Calls calls, Requests requests) {
        this.job = job;
        this.calls = calls;
        this.requests = requests;
        end = begin + (long) (job.seconds() * 1e9);
        startMicros = new long[job.file().isEmpty() ? 0 : job.messages()];
    }

    LoadResult run() throws InterruptedException {
        if (job.perSecond() > 0) {
            pace();
        } else {
            for (int i = 0; i < job.inFlight(); i++) {
                startNext();
            }
        }
        release();
        if (!done.await(PATIENCE_SECONDS + (long) job.seconds(), TimeUnit.SECONDS)) {
            fail(open.get() + " calls were never answered");
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        calls.end();
        if (!job.file().isEmpty()) {
            Times.save(Path.of(job.file()), startMicros);
        }
        return result(seconds);
    }

    private LoadResult result(double seconds) {
        var times = latencies.getIntervalHistogram();
        var refusalTimes = refusals.getIntervalHistogram();
        return new LoadResult(
                beginMicros,
                seconds,
                accepted.sum(),
                refused.sum(),
                failed.sum(),
                firstFailure.get(),
                unsent,
                times.getValueAtPercentile(50) / 1e6,
                times.getValueAtPercentile(99) / 1e6,
                refusalTimes.getValueAtPercentile(50) / 1e6,
                refusalTimes.getValueAtPercentile(99) / 1e6);
    }

    private void startNext() {
        if (System.nanoTime() >= end) {
            return;
        }
        int number = started.getAndIncrement();
        if (number < job.messages()) {
            start(number);
        }
    }

    private void start(int number) {
        open.incrementAndGet();
        if (number < startMicros.length) {
            startMicros[number] = Times.nowMicros();
        }
        new Call(requests.request(number)).start();
    }

    /// In small bursts: no clock wakes a thread a hundred thousand times a second.
    private void pace() {
        long due = 0;
        long now = System.nanoTime();
        while (now < end && due < job.messages()) {
            long dueNow = Math.min(job.messages(), (long) ((now - begin) / 1e9 * job.perSecond()));
            for (; due < dueNow; due++) {
                if (open.get() > job.inFlight()) {
                    unsent++;
                } else {
                    start(started.getAndIncrement());
                }
            }
            LockSupport.parkNanos(100_000);
            now = System.nanoTime();
        }
    }

    private void release() {
        if (open.decrementAndGet() == 0) {
            done.countDown();
        }
    }

    private void fail(String why) {
        failed.increment();
        firstFailure.compareAndSet("", why);
    }

    /// One call and, where refused ones are repeated, its repetitions.
    private final class Call implements Calls.Answer {
        private final TriggerCampaignRequest request;
        private final long start = System.nanoTime();

        Call(TriggerCampaignRequest request) {
            this.request = request;
        }

        void start() {
            calls.start(request, this);
        }

        @Override
        public void accepted() {
            accepted.increment();
            latencies.recordValue(System.nanoTime() - start);
            next();
        }

        @Override
        public void refused() {
            refused.increment();
            if (job.repeatRefused()) {
                CompletableFuture.delayedExecutor(REPEAT_AFTER_MILLIS, TimeUnit.MILLISECONDS)
                        .execute(this::start);
            } else {
                refusals.recordValue(System.nanoTime() - start);
                next();
            }
        }

        @Override
        public void failed(String why) {
            fail(why);
            next();
        }

        private void next() {
            if (job.perSecond() == 0) {
                startNext();
            }
            release();
        }
    }
}
