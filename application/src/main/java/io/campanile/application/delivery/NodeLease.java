package io.campanile.application.delivery;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Keeps this node's lease and takes over from nodes that lost theirs.
///
/// After an outage of the database, or when a whole machine was frozen, every lease has run out
/// though nobody died: a node takes others for dead only when it has itself kept its lease, without
/// a gap, for as long as a lease lasts.
public final class NodeLease {
    private static final System.Logger LOG = System.getLogger(NodeLease.class.getName());
    private static final int RELEASED_AT_ONCE = 1_000;
    private static final int RENEWALS = 3;
    private static final long NEVER = Long.MIN_VALUE;

    private final NodeId node;
    private final Nodes renewals;
    private final Nodes takeOvers;
    private final Duration lease;
    private final LongSupplier nanoTime;
    private final OutageLog outages = new OutageLog(NodeLease.class);
    private final AtomicLong steadySince = new AtomicLong(NEVER);
    private final AtomicLong renewedAt;

    /// When the renewal that is under way was begun; never when none is.
    private final AtomicLong askedAt = new AtomicLong(NEVER);

    /// Why it could not be renewed at the last try; null when it could.
    private volatile @Nullable StoreUnavailable failure;

    /// A lease that begins now and must be renewed.
    ///
    /// @param renewals what waits for nothing but its own statement
    /// @param takeOvers what may wait for locks: those of a node that was frozen in a transaction
    /// @param nanoTime a clock nobody sets, such as `System.nanoTime`
    public NodeLease(
            NodeId node, Nodes renewals, Nodes takeOvers, Duration lease, LongSupplier nanoTime) {
        this.node = node;
        this.renewals = renewals;
        this.takeOvers = takeOvers;
        this.lease = lease;
        this.nanoTime = nanoTime;
        this.renewedAt = new AtomicLong(nanoTime.getAsLong());
    }

    /// How long after one renewal the next is to be asked for, at the latest.
    public static Duration betweenRenewals(Duration lease) {
        return lease.dividedBy(RENEWALS);
    }

    /// To be called every [#betweenRenewals]. Where it takes longer than that, the commits of
    /// others hang as well, and their leases run out though they live.
    public void renew() {
        long asked = nanoTime.getAsLong();
        askedAt.set(asked);
        try {
            switch (renewals.renew(node, lease)) {
                case IN_TIME -> steadySince.compareAndSet(NEVER, nanoTime.getAsLong());
                case LATE -> steadySince.set(nanoTime.getAsLong());
                case TAKEN_FOR_DEAD -> {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "this node was taken for dead and starts over node={0}",
                            node);
                    steadySince.set(nanoTime.getAsLong());
                }
            }
            long answered = nanoTime.getAsLong();
            if (isSlow(asked, answered)) {
                steadySince.set(answered);
            }
            renewedAt.set(answered);
            failure = null;
        } catch (StoreUnavailable e) {
            steadySince.set(NEVER);
            failure = e;
            outages.warn("the lease cannot be renewed node=" + node, e);
        } finally {
            askedAt.set(NEVER);
        }
    }

    private boolean isSlow(long asked, long now) {
        return now - asked > betweenRenewals(lease).toNanos();
    }

    /// Checks that the database has taken this node's writes lately. A database that is full, or
    /// has become a standby, still answers reads.
    ///
    /// @param most how long ago the lease may have been renewed; a busy database misses once or
    ///   twice
    /// @throws StoreUnavailable when it was renewed longer ago
    public void requireRenewed(Duration most) {
        if (nanoTime.getAsLong() - renewedAt.get() <= most.toNanos()) {
            return;
        }
        StoreUnavailable last = failure;
        throw last == null
                ? new StoreUnavailable(
                        "the lease is not renewed in time",
                        new IllegalStateException("the database is slow, or this node"))
                : new StoreUnavailable(last.reason(), last);
    }

    /// Releases what dead nodes held.
    public void takeOver() {
        reap(this::isSteady);
    }

    /// Releases what any earlier node held, where no other node can be using the database.
    public void takeOverAll() {
        takeOvers.endOtherLeases(node);
        reap(() -> true);
    }

    private boolean isSteady() {
        long now = nanoTime.getAsLong();
        // First: a renewal that hung says so before it is over.
        long asked = askedAt.get();
        long since = steadySince.get();
        return since != NEVER
                && now - since >= lease.toNanos()
                && (asked == NEVER || !isSlow(asked, now));
    }

    private void reap(BooleanSupplier goesOn) {
        int released = 0;
        int last = 1;
        while (last > 0 && goesOn.getAsBoolean()) {
            last = takeOvers.reapDead(node, RELEASED_AT_ONCE);
            released += last;
        }
        if (released > 0) {
            LOG.log(System.Logger.Level.INFO, "took over from dead nodes messages={0}", released);
        }
    }
}
