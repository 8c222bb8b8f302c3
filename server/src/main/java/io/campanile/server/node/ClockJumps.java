package io.campanile.server.node;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Tells whether the clock of this machine has jumped ahead of late. By one that is wrong all that
/// is kept is old, and a database on the same machine agrees. After a sleep it looks the same, as
/// the clock that nobody sets stands still meanwhile. So whatever cannot be undone waits until the
/// new time has stood for a while. Thread-safe.
final class ClockJumps {
    private static final Logger LOG = LoggerFactory.getLogger(ClockJumps.class);
    private static final Duration MOST = Duration.ofHours(1);

    /// Enough for whatever sets clocks: NTP asks every 17 minutes or more often. What waits was to
    /// be kept for days at least, or has expired and is not sent meanwhile.
    private static final Duration PROBATION = Duration.ofHours(1);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private volatile Look last;

    /// @param ahead how far the new time is ahead of the former
    /// @param since by the clock that nobody sets
    private record Jump(Duration ahead, long since) {}

    /// @param time what is believed to have been the time
    /// @param jump where the clock says otherwise
    private record Look(Instant time, long nanos, @Nullable Jump jump) {
        Look after(Jump next) {
            return new Look(time, nanos, next);
        }
    }

    /// Begins with a clock that is right.
    ///
    /// @param nanoTime such as `System.nanoTime`
    ClockJumps(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.last = new Look(clock.instant(), nanoTime.getAsLong(), null);
    }

    /// Looks at the clock; to be called every second.
    ///
    /// @return whether a jump is over: the new time is believed, or the clock was set back
    boolean look() {
        Look before = last;
        long nanos = nanoTime.getAsLong();
        Instant now = clock.instant();
        Duration ahead = ahead(before, nanos, now);
        Jump jump = before.jump();
        if (ahead.compareTo(MOST) > 0) {
            if (jump == null || ahead.minus(jump.ahead()).abs().compareTo(MOST) > 0) {
                last = before.after(new Jump(ahead, nanos));
                LOG.warn(
                        "the clock went ahead: nothing expires, is removed, starts or completes"
                                + " until it has stood for a while seconds={} until={}",
                        ahead.toSeconds(),
                        now.plus(PROBATION));
                return false;
            }
            if (nanos - jump.since() < PROBATION.toNanos()) {
                return false;
            }
        }
        last = new Look(now, nanos, null);
        if (jump != null) {
            LOG.warn("what waited for the clock goes on time={}", now);
        }
        return jump != null;
    }

    /// Whether one is not over yet.
    boolean isOnProbation() {
        Look look = last;
        return look.jump() != null
                || ahead(look, nanoTime.getAsLong(), clock.instant()).compareTo(MOST) > 0;
    }

    private static Duration ahead(Look look, long nanos, Instant now) {
        return Duration.between(look.time().plusNanos(nanos - look.nanos()), now);
    }

    /// The same work, but left out while one is not over.
    Runnable unlessOnProbation(Runnable work) {
        return () -> {
            if (!isOnProbation()) {
                work.run();
            }
        };
    }
}
