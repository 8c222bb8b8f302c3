package io.campanile.server.command;

import io.campanile.server.logging.OneLog;

import java.util.concurrent.CountDownLatch;

/// Stands for a server whose thread ends, in the test of the last resort.
final class EndingThread {
    private EndingThread() {}

    static void main(String[] arguments) throws InterruptedException {
        OneLog.install();
        LastResort.install();
        Runnable work =
                () -> {
                    throw new StackOverflowError("while ada@example.com was written to");
                };
        if (arguments[0].equals("virtual")) {
            Thread.ofVirtual().name("a-loop").start(work);
        } else {
            Thread.ofPlatform().daemon().name("a-loop").start(work);
        }
        new CountDownLatch(1).await();
    }
}
