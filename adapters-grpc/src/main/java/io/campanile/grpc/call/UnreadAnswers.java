package io.campanile.grpc.call;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes of answers that have not left, because their callers do not read. Thread-safe.
final class UnreadAnswers {
    private final long most;
    private final int always;
    private final AtomicLong bytes = new AtomicLong();

    /// @param most of all answers
    /// @param always an answer up to here leaves however many there are
    UnreadAnswers(long most, int always) {
        this.most = most;
        this.always = always;
    }

    /// Adds an answer that is about to be sent.
    ///
    /// @param times how many times the bound there may be with it
    /// @return false when there are too many; it is not added then
    boolean add(long more, int times) {
        long all = bytes.addAndGet(more);
        if (more <= always || all <= times * most || all == more) {
            return true;
        }
        bytes.addAndGet(-more);
        return false;
    }

    void giveBack(long left) {
        bytes.addAndGet(-left);
    }

    long all() {
        return bytes.get();
    }
}
