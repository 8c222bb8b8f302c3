package io.campanile.server.node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/// Tells whether the clocks of this machine and of the database are apart, to whoever asks too
/// often to ask the database: it is looked up every second, and a jump in between is noticed by a
/// clock that nobody sets. Thread-safe.
final class ClockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    private final Clocks clocks;
    private final LongSupplier nanoTime;
    private volatile Look last;

    private record Look(boolean apart, Instant time, long nanos) {}

    /// Clocks that are together.
    ///
    /// @param nanoTime such as `System.nanoTime`
    ClockWatch(Clocks clocks, LongSupplier nanoTime) {
        this.clocks = clocks;
        this.nanoTime = nanoTime;
        this.last = sampled(false);
    }

    private Look sampled(boolean apart) {
        return new Look(apart, clocks.machine().instant(), nanoTime.getAsLong());
    }

    /// Looks at both clocks; to be called every second.
    void look() {
        Look before = last;
        Look now = sampled(before.apart());
        Duration skew = clocks.skew();
        boolean apart = Clocks.isTooMuch(skew);
        last = new Look(apart, now.time(), now.nanos());
        if (apart && !before.apart()) {
            LOG.warn(
                    "nothing is claimed, handed over or written until the clocks of this machine"
                            + " and of the database are together again seconds={}",
                    skew.toSeconds());
        } else if (before.apart() && !apart) {
            LOG.warn("the clocks of this machine and of the database are together again");
        }
    }

    /// Whether they are apart.
    boolean isApart() {
        Look look = last;
        return look.apart() || Clocks.isTooMuch(jumpSince(look));
    }

    private Duration jumpSince(Look look) {
        Duration passed = Duration.ofNanos(nanoTime.getAsLong() - look.nanos());
        return Duration.between(look.time().plus(passed), clocks.machine().instant()).abs();
    }

    /// The same work, but left out while they are apart.
    Runnable whenClocksAgree(Runnable work) {
        return () -> {
            if (!isApart()) {
                work.run();
            }
        };
    }
}
