package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;

class CallThreadsTest {
    private final Thread.UncaughtExceptionHandler before =
            Thread.getDefaultUncaughtExceptionHandler();

    @AfterEach
    void restore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void keepTheirErrorsFromWhatEndsTheProcess() throws InterruptedException {
        List<Throwable> reached = new CopyOnWriteArrayList<>();
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> reached.add(thrown));

        try (ExecutorService calls = CallThreads.executor()) {
            calls.execute(CallThreadsTest::nestTooDeep);
        }
        CallThreads.named("stream").start(CallThreadsTest::nestTooDeep).join();
        var computing = new LinkedBlockingQueue<Thread>();
        CallThreads.computing()
                .execute(() -> {
                    computing.add(Thread.currentThread());
                    nestTooDeep();
                });
        Thread computed = computing.take();
        computed.join();
        assertThat(computed).returns(false, Thread::isVirtual).returns(true, Thread::isDaemon);
        assertThat(reached).isEmpty();

        Thread.ofVirtual().start(CallThreadsTest::nestTooDeep).join();
        assertThat(reached).hasSize(1);
    }

    private static void nestTooDeep() {
        throw new StackOverflowError("by the test's will");
    }
}
