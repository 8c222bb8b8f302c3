package io.campanile.grpc.call;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Threads of calls. What a caller sent may cost its thread, such as a text nested deeper than the
/// stack, and must not cost more than that: it is logged, and no matter of the process.
public final class CallThreads {
    private static final System.Logger LOG = System.getLogger(CallThreads.class.getName());

    private static final int IDLE_SECONDS = 10;

    private CallThreads() {}

    /// A virtual thread for each task; whoever asks closes it.
    public static ExecutorService executor() {
        return Executors.newThreadPerTaskExecutor(named("call").factory());
    }

    public static Thread.Builder.OfVirtual named(String name) {
        return Thread.ofVirtual().name(name).uncaughtExceptionHandler(CallThreads::log);
    }

    /// Few threads of the machine's own, for tasks that compute and hardly wait; the others queue,
    /// so whoever submits bounds them. However many there are, half of the processors are left to
    /// all else. Threads without work end.
    public static Executor computing() {
        int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var threads =
                new ThreadPoolExecutor(
                        most,
                        most,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform()
                                .name("compute-", 0)
                                .daemon()
                                .uncaughtExceptionHandler(CallThreads::log)
                                .factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static void log(Thread ended, Throwable thrown) {
        LOG.log(System.Logger.Level.ERROR, ended.getName() + " ended", thrown);
    }
}
