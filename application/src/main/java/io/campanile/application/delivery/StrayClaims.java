package io.campanile.application.delivery;

import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Messages that this node may own in the database without having them in memory: the answer to a
/// commit of intake or of a claim was lost, or something failed after it. Whenever that can have
/// happened, everything the node has not marked is given back once the trouble is over, and claimed
/// anew. This is repeated later, because a commit whose answer nobody waited for any longer may
/// succeed in between. If the node had a message in memory after all, its claim is void at the
/// mark. Thread-safe.
public final class StrayClaims {
    private static final System.Logger LOG = System.getLogger(StrayClaims.class.getName());

    /// How long after the last trouble strays are given back. Most commits whose answer was lost
    /// are done by the first of these times. A commit that hangs, such as one that waits for a
    /// replica, may come after the socket has timed out.
    private static final List<Duration> WAITS =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(2));

    /// Between two times at the least: what waits in memory loses its claim each time, and has to
    /// be claimed anew.
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /// @param last when something failed last
    /// @param dueTime when what may have strayed is given back next
    /// @param restTime until when nothing more is given back
    private record Suspicion(Instant last, Instant dueTime, Instant restTime) {
        /// Trouble that goes on, such as a loop that fails again and again, puts nothing off.
        static Suspicion after(@Nullable Suspicion earlier, Instant now) {
            Instant first = now.plus(WAITS.getFirst());
            if (earlier == null || earlier.isOfAnotherTime(now)) {
                return new Suspicion(now, first, now);
            }
            Instant dueTime =
                    earlier.dueTime.isBefore(first)
                            ? earlier.dueTime
                            : later(first, earlier.restTime);
            return new Suspicion(now, dueTime, earlier.restTime);
        }

        boolean isDue(Instant now) {
            return !dueTime.isAfter(now) || isOfAnotherTime(now);
        }

        /// The clock was ahead then, and is right again.
        private boolean isOfAnotherTime(Instant now) {
            return last.isAfter(now.plus(WAITS.getFirst()));
        }

        /// Nothing once all waits are over.
        static @Nullable Suspicion released(@Nullable Suspicion current, Instant now) {
            if (current == null) {
                return null;
            }
            Instant restTime = now.plus(PAUSE);
            return WAITS.stream()
                    .map(current.last::plus)
                    .filter(time -> time.isAfter(now))
                    .findFirst()
                    .map(next -> new Suspicion(current.last, later(next, restTime), restTime))
                    .orElse(null);
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }

    private final NodeId node;
    private final MessageQueue queue;
    private final InstantSource clock;
    private final OutageLog outages = new OutageLog(StrayClaims.class);
    private final AtomicReference<@Nullable Suspicion> suspicion = new AtomicReference<>();

    public StrayClaims(NodeId node, MessageQueue queue, InstantSource clock) {
        this.node = node;
        this.queue = queue;
        this.clock = clock;
    }

    /// Something failed that may have left messages astray.
    public void suspect() {
        Instant now = clock.instant();
        suspicion.updateAndGet(earlier -> Suspicion.after(earlier, now));
    }

    /// Gives them back when there may be any; to be called every second.
    public void release() {
        Suspicion current = suspicion.get();
        Instant now = clock.instant();
        if (current == null || !current.isDue(now)) {
            return;
        }
        try {
            int released = queue.releaseAll(node, now);
            suspicion.updateAndGet(latest -> Suspicion.released(latest, now));
            LOG.log(
                    System.Logger.Level.INFO,
                    "gave back what may have strayed messages={0}",
                    released);
        } catch (StoreUnavailable e) {
            outages.warn("what may have strayed waits for the database", e);
        }
    }
}
