package io.campanile.server.command;

import io.campanile.server.logging.OneLog;

import java.util.concurrent.CountDownLatch;

/// Stands for a server whose thread ends, in the test of the last resort.
final class EndingThread {
    private EndingThread() {}

    static void main(String[] arguments) throws InterruptedException {
        OneLog.install();
        var stop = new ServeCommand.Stop();
        LastResort.install(stop);
        Runnable work =
                () -> {
                    throw new StackOverflowError("while ada@example.com was written to");
                };
        Thread thread =
                arguments[0].equals("virtual")
                        ? Thread.ofVirtual().name("a-loop").unstarted(work)
                        : Thread.ofPlatform().daemon().name("a-loop").unstarted(work);
        if (arguments.length > 1) {
            System.exit(stop.exitCode(() -> runToItsEnd(thread)));
        }
        thread.start();
        new CountDownLatch(1).await();
    }

    private static void runToItsEnd(Thread thread) {
        try {
            thread.start();
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
