package io.campanile.application.broadcast;

import io.campanile.application.broadcast.port.BroadcastPauses;
import io.campanile.application.broadcast.port.Broadcasts;
import io.campanile.application.broadcast.port.LockedBroadcast;
import io.campanile.application.store.NodeClock;
import io.campanile.application.store.Rests;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.broadcast.Broadcast;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.CanaryWatch;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.FanOutStep;
import io.campanile.domain.broadcast.HaltCause;
import io.campanile.domain.broadcast.SampleCounts;
import io.campanile.domain.message.ExecutionId;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Writes the messages of broadcasts, a chunk at a time, each in one transaction with how far it
/// has come: when a node is killed in between, any other goes on from there. Run again and again by
/// every node that delivers; a broadcast is worked on by one at a time. Its members are copied
/// apart from that, because copying millions takes long. Thread-safe.
public final class FanOut {
    private static final System.Logger LOG = System.getLogger(FanOut.class.getName());

    private static final int MOST_AT_ONCE = 100;

    /// Bounds one run, so that a node that stops need not wait for a large broadcast.
    private static final int MOST_ROUNDS = 20;

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    /// A clock that jumps lets nothing rest longer.
    private static final Duration LONGEST_REST = Duration.ofMinutes(30);

    /// How long one rests whose open messages are many to count.
    private static final Duration REST = Duration.ofSeconds(1);

    /// How long one rests that has no room for a chunk. Each look counts all that are open, and the
    /// 9,000 at least that are in delivery then are the work of seconds.
    private static final Duration WHILE_FULL = Duration.ofMillis(500);

    private final Broadcasts broadcasts;
    private final BroadcastPauses pauses;
    private final Transactions transactions;
    private final ExecutionTrail trail;
    private final NodeClock clock;
    private final Executor beginner;

    /// Broadcasts whose members are being copied by this node.
    private final Set<ExecutionId> beginning = ConcurrentHashMap.newKeySet();

    /// Broadcasts that there was nothing to do for, or that failed.
    private final Rests<ExecutionId> rests = new Rests<>(LONGEST_REST);

    /// A use case over these ports.
    ///
    /// @param beginner copies the members, which may take minutes
    public FanOut(
            Broadcasts broadcasts,
            BroadcastPauses pauses,
            Transactions transactions,
            ExecutionTrail trail,
            NodeClock clock,
            Executor beginner) {
        this.broadcasts = broadcasts;
        this.pauses = pauses;
        this.transactions = transactions;
        this.trail = trail;
        this.clock = clock;
        this.beginner = beginner;
    }

    /// Takes steps, one of each broadcast in turn, as long as there are any. A broadcast that fails
    /// is left alone for a while: whatever is wrong with it, such as a rule that takes the database
    /// too long, the others go on.
    public void run() {
        Instant start = clock.instant();
        rests.forget(start);
        boolean stepped = true;
        for (int round = 0; stepped && round < MOST_ROUNDS; round++) {
            stepped = round(start);
        }
    }

    /// Goes to all of them: many may be held, or waited for, for days.
    ///
    /// @param start of the run: what rested then, or has been laid to rest since, is for another
    ///   run
    private boolean round(Instant start) {
        boolean stepped = false;
        List<ExecutionId> page = broadcasts.unfinished(null, MOST_AT_ONCE);
        while (!page.isEmpty()) {
            for (ExecutionId execution : page) {
                stepped |= !isForLater(execution, start) && tryTo(execution, this::take);
            }
            page =
                    page.size() < MOST_AT_ONCE
                            ? List.of()
                            : broadcasts.unfinished(page.getLast(), MOST_AT_ONCE);
        }
        return stepped;
    }

    private boolean isForLater(ExecutionId execution, Instant start) {
        return rests.isResting(execution, start) || beginning.contains(execution);
    }

    private boolean tryTo(ExecutionId execution, Predicate<ExecutionId> step) {
        try {
            return step.test(execution);
        } catch (StoreUnavailable e) {
            lookLater(execution, AFTER_FAILURE);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the database is away or takes too long for a broadcast execution={0}"
                            + " cause={1}",
                    execution,
                    e.reason());
        } catch (RuntimeException e) {
            lookLater(execution, AFTER_FAILURE);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a broadcast failed and is tried again execution=" + execution,
                    e);
        }
        return false;
    }

    private void lookLater(ExecutionId execution, Duration time) {
        rests.rest(execution, time, clock.instant());
    }

    private boolean take(ExecutionId execution) {
        return switch (transactions.inTransaction(() -> step(execution))) {
            case NONE -> false;
            case STEP -> true;
            case BEGIN -> beginLater(execution);
            case HOLD -> {
                hold(execution);
                yield false;
            }
        };
    }

    /// Whether it has been done at once.
    private boolean beginLater(ExecutionId execution) {
        beginning.add(execution);
        try {
            beginner.execute(() -> beginApart(execution));
        } catch (RejectedExecutionException e) {
            beginning.remove(execution);
            throw e;
        }
        return !beginning.contains(execution);
    }

    /// One that failed rests for as long as it took, so that it does not keep others waiting.
    private void beginApart(ExecutionId execution) {
        Instant start = clock.instant();
        try {
            if (!tryTo(execution, this::begin)) {
                Duration taken = Duration.between(start, clock.instant());
                lookLater(execution, taken.compareTo(AFTER_FAILURE) > 0 ? taken : AFTER_FAILURE);
            }
        } finally {
            beginning.remove(execution);
        }
    }

    private boolean begin(ExecutionId execution) {
        if (!broadcasts.begin(execution)) {
            var _ = transactions.inTransaction(() -> endWithoutAudience(execution));
        }
        return true;
    }

    private boolean endWithoutAudience(ExecutionId execution) {
        Optional<LockedBroadcast> waiting =
                broadcasts
                        .lock(execution)
                        .filter(locked -> locked.broadcast().state() == FanOutState.WAITING);
        waiting.ifPresent(locked -> end(locked, FanOutState.AUDIENCE_GONE, clock.instant()));
        return waiting.isPresent();
    }

    private void end(LockedBroadcast locked, FanOutState state, Instant now) {
        broadcasts.end(locked.broadcast().id(), state);
        trail.ended(locked, state, now);
    }

    /// What a transaction did.
    private enum Taken {
        NONE,
        STEP,
        BEGIN,
        HOLD
    }

    private Taken step(ExecutionId execution) {
        return broadcasts.lock(execution).map(locked -> step(execution, locked)).orElse(Taken.NONE);
    }

    private Taken step(ExecutionId execution, LockedBroadcast locked) {
        Instant now = clock.instant();
        switch (locked.broadcast().next(locked.control(), locked.open(), now, locked.storeTime())) {
            case FanOutStep.Begin() -> {
                return Taken.BEGIN;
            }
            case FanOutStep.Write chunk -> broadcasts.write(execution, chunk, now);
            case FanOutStep.Watch(var state) -> broadcasts.keep(execution, state);
            case FanOutStep.Judge(var canary) -> {
                return judge(canary, locked, now);
            }
            case FanOutStep.Hold() -> {
                return Taken.HOLD;
            }
            case FanOutStep.End(var state) -> {
                if (state == FanOutState.EXPIRED && clock.hasJumped()) {
                    return rest(execution, REST);
                }
                end(locked, state, now);
            }
            case FanOutStep.Wait(var time) -> {
                return rest(execution, time);
            }
            case FanOutStep.Full() -> {
                return rest(execution, areManyToCount(locked) ? REST : WHILE_FULL);
            }
            case FanOutStep.Rest() -> {
                return areManyToCount(locked) ? rest(execution, REST) : Taken.NONE;
            }
        }
        return Taken.STEP;
    }

    private static boolean areManyToCount(LockedBroadcast locked) {
        return locked.open().all() > Broadcast.MOST_IN_DELIVERY;
    }

    private Taken rest(ExecutionId execution, Duration time) {
        lookLater(execution, time);
        return Taken.NONE;
    }

    private Taken judge(CanaryWatch canary, LockedBroadcast locked, Instant now) {
        ExecutionId execution = locked.broadcast().id();
        SampleCounts sample = broadcasts.sample(execution);
        CanaryState state = canary.judged(sample, locked.storeTime());
        broadcasts.keep(execution, state);
        if (!(state instanceof CanaryState.Halted)) {
            warn(canary, sample, locked);
            return Taken.STEP;
        }
        var halted = new CanaryWatch(canary.canary(), state);
        trail.halted(locked, halted, sample, now);
        LOG.log(
                System.Logger.Level.WARNING,
                "a canary halted its broadcast, resume or cancel it campaign={0} execution={1}"
                        + " cause={2}",
                locked.name(),
                execution,
                words(halted.causes()));
        return Taken.HOLD;
    }

    /// The rest follows all the same.
    private static void warn(CanaryWatch canary, SampleCounts sample, LockedBroadcast locked) {
        if (canary.canary().warns(sample)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "many of a canary complained, the rest follows campaign={0} execution={1}"
                            + " complained={2} tried={3}",
                    locked.name(),
                    locked.broadcast().id(),
                    String.valueOf(sample.complained()),
                    String.valueOf(sample.tried()));
        }
    }

    /// What there was too much of, with how many.
    private static String words(List<HaltCause> causes) {
        return causes.stream()
                .map(cause ->
                        switch (cause) {
                            case HaltCause.ThresholdPassed(var measure, var count, _, _) ->
                                    measure + ":" + count;
                            case HaltCause.NobodyTried() -> "NOBODY_TRIED";
                        })
                .collect(Collectors.joining("+"));
    }

    /// Holds the open messages of the sample after a verdict against it; from the verdict on
    /// nothing more is written. This is not done together with the verdict, because waiting for
    /// these messages under the lock on the campaign could keep a stop waiting. If the node dies in
    /// between, the next look does it.
    private void hold(ExecutionId execution) {
        lookLater(execution, REST);
        pauses.hold(execution);
    }
}
