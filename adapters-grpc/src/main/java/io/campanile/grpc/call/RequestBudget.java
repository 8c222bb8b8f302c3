package io.campanile.grpc.call;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes of all requests that a node holds: those it answers, and large ones it still reads.
/// Every single one is small enough; together they could take all memory. Thread-safe.
public class RequestBudget {
    /// A request that is read takes several times its bytes.
    private static final int SHARE_OF_HEAP = 8;

    private final long most;
    private final AtomicLong held = new AtomicLong();

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

    /// Up to here a request is taken.
    long most() {
        return most;
    }
}
