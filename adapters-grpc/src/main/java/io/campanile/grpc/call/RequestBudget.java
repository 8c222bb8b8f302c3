package io.campanile.grpc.call;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes of all requests that a node holds: those it answers, and large ones it still reads;
/// and apart from them as many of answers that their callers have not read: those must keep nobody
/// from calling. Every single one is small enough; together they could take all memory.
/// Thread-safe.
public class RequestBudget {
    /// A request that is read takes several times its bytes.
    private static final int SHARE_OF_HEAP = 8;

    private final long most;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();

    /// A budget of so many bytes.
    public RequestBudget(long most) {
        this.most = most;
    }

    /// An eighth of the most that the heap may have.
    public static RequestBudget ofHeap() {
        return new RequestBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /// Adds bytes that are here anyway; negative ones are given back.
    ///
    /// @return what is held now
    long add(long bytes) {
        return held.addAndGet(bytes);
    }

    /// The bytes that are held now.
    public long held() {
        return held.get();
    }

    /// Adds bytes of an answer that is about to be sent.
    ///
    /// @param room how many there may be together
    /// @return false when there are too many; they are not added then
    boolean addAnswer(long bytes, long room) {
        long all = answers.addAndGet(bytes);
        if (all <= room || all == bytes) {
            return true;
        }
        answers.addAndGet(-bytes);
        return false;
    }

    /// Gives back bytes of answers.
    void giveBackAnswers(long bytes) {
        answers.addAndGet(-bytes);
    }

    /// The bytes of answers that have not left.
    public long answers() {
        return answers.get();
    }

    /// Up to here a request is taken.
    long most() {
        return most;
    }
}
