package io.campanile.application.delivery;

import io.campanile.application.store.StoreUnavailable;

/// Does again what the database was away for. Thread-safe if the wait is.
///
/// @param pause what is done before it is asked again
record StoreRetry(Wait pause) {
    /// What is harmless to repeat.
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /// What is done until the database is asked again.
    @FunctionalInterface
    interface Wait {
        /// Waits.
        ///
        /// @throws StoreUnavailable when it is not to be asked again
        void await(StoreUnavailable why) throws InterruptedException;
    }

    /// What the work came to once the database was there for it.
    ///
    /// @throws StoreUnavailable when it is not to be asked again
    <T> T run(Work<T> work) throws InterruptedException {
        while (true) {
            try {
                return work.run();
            } catch (StoreUnavailable e) {
                pause.await(e);
            }
        }
    }
}
