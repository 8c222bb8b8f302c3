package io.campanile.grpc.call;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Virtual threads that belong to one call each. What a caller sent may cost its thread, such as a
/// text nested deeper than the stack, and must not cost more than that: it is logged, and no matter
/// of the process.
public final class CallThreads {
    private static final System.Logger LOG = System.getLogger(CallThreads.class.getName());

    private CallThreads() {}

    /// A thread for each task; whoever asks closes it.
    public static ExecutorService executor() {
        return Executors.newThreadPerTaskExecutor(named("call").factory());
    }

    public static Thread.Builder.OfVirtual named(String name) {
        return Thread.ofVirtual()
                .name(name)
                .uncaughtExceptionHandler((_, thrown) ->
                        LOG.log(System.Logger.Level.ERROR, "a call's thread ended", thrown));
    }
}
