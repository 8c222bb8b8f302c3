package io.campanile.application.delivery;

import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.store.StoreUnavailable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// Messages that this node may own in the database without having them in memory: the answer of an
/// intake's or a claim's commit was lost, or something failed on their way. Where that can have
/// happened, everything the node has not marked is given back once the trouble is over, and claimed
/// anew. What it had in memory after all finds its claim void at the mark. Thread-safe.
public final class StrayClaims {
    private static final System.Logger LOG = System.getLogger(StrayClaims.class.getName());

    /// A commit whose answer was lost may still be running.
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final NodeId node;
    private final MessageQueue queue;
    private final InstantSource clock;
    private final AtomicReference<Instant> suspected = new AtomicReference<>(Instant.MAX);

    public StrayClaims(NodeId node, MessageQueue queue, InstantSource clock) {
        this.node = node;
        this.queue = queue;
        this.clock = clock;
    }

    /// Something failed that may have left messages astray.
    public void suspect() {
        suspected.set(clock.instant());
    }

    /// Gives them back when there may be any; to be called every second.
    public void release() {
        Instant since = suspected.get();
        Instant now = clock.instant();
        if (since.equals(Instant.MAX) || since.plus(QUIET).isAfter(now)) {
            return;
        }
        try {
            int released = queue.releaseAll(node, now);
            suspected.compareAndSet(since, Instant.MAX);
            LOG.log(
                    System.Logger.Level.INFO,
                    "gave back what may have strayed messages={0}",
                    released);
        } catch (StoreUnavailable e) {
            LOG.log(System.Logger.Level.WARNING, "what may have strayed waits for the database");
        }
    }
}
