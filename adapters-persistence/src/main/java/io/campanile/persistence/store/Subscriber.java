package io.campanile.persistence.store;

import io.campanile.application.store.ChangeTopic;
import io.campanile.application.store.StoreUnavailable;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Calls one subscriber, on a thread of its own, so that a slow one keeps nobody waiting. What is
/// told while a call runs leads to one more call; a call that failed is repeated.
final class Subscriber implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Subscriber.class.getName());
    private static final long PAUSE_SECONDS = 1;

    private final ChangeTopic topic;
    private final Runnable whenChanged;
    private final Semaphore told = new Semaphore(0);
    private final Semaphore closing = new Semaphore(0);

    private Subscriber(ChangeTopic topic, Runnable whenChanged) {
        this.topic = topic;
        this.whenChanged = whenChanged;
    }

    static Subscriber start(ChangeTopic topic, Runnable whenChanged) {
        var subscriber = new Subscriber(topic, whenChanged);
        Thread.ofVirtual().name("changes-of-" + topic).start(subscriber::run);
        return subscriber;
    }

    ChangeTopic topic() {
        return topic;
    }

    void tell() {
        told.release();
    }

    /// No call begins afterwards; does not wait for one that runs.
    @Override
    public void close() {
        closing.release();
        told.release();
    }

    private boolean isClosed() {
        return closing.availablePermits() > 0;
    }

    private void run() {
        try {
            told.acquire();
            while (!isClosed()) {
                told.drainPermits();
                if (!succeeds()) {
                    told.release();
                    pause();
                }
                told.acquire();
            }
        } catch (InterruptedException _) {
            // Nobody interrupts but the end of the JVM.
            Thread.currentThread().interrupt();
        }
    }

    private boolean succeeds() {
        try {
            whenChanged.run();
            return true;
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "changes cannot be looked at topic={0} cause={1}",
                    topic,
                    e instanceof StoreUnavailable away
                            ? away.reason()
                            : e.getClass().getSimpleName());
            return false;
        }
    }

    private void pause() throws InterruptedException {
        if (closing.tryAcquire(PAUSE_SECONDS, TimeUnit.SECONDS)) {
            closing.release();
        }
    }
}
