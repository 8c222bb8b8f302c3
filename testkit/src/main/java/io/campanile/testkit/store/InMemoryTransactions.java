package io.campanile.testkit.store;

import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.store.port.Transactions;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Lets one piece of work in at a time; what the fakes wrote stays when the work throws.
public final class InMemoryTransactions implements Transactions {
    private final ReentrantLock running = new ReentrantLock();
    private final AtomicBoolean losesAnswer = new AtomicBoolean();

    /// What the next one does is done, but whoever waits for it learns that the store is away.
    public void loseNextAnswer() {
        losesAnswer.set(true);
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        running.lock();
        try {
            T result = work.get();
            if (losesAnswer.getAndSet(false)) {
                throw new StoreUnavailable("lost", new IllegalStateException("by the test's will"));
            }
            return result;
        } finally {
            running.unlock();
        }
    }
}
