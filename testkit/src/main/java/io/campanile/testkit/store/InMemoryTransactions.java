package io.campanile.testkit.store;

import io.campanile.application.store.port.Transactions;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Lets one piece of work in at a time; what the fakes wrote stays when the work throws.
public final class InMemoryTransactions implements Transactions {
    private final ReentrantLock running = new ReentrantLock();

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        running.lock();
        try {
            return work.get();
        } finally {
            running.unlock();
        }
    }
}
