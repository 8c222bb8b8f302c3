package io.campanile.application.trigger;

import io.campanile.application.delivery.StrayClaims;
import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.store.BatchPoisoned;
import io.campanile.application.store.Halves;
import io.campanile.application.store.OutageLog;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.application.trigger.port.IntakeResult;
import io.campanile.application.trigger.port.IntakeStore;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.application.trigger.port.StoredExecution;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The bounded intake: one writer stores whatever gathered while the previous commit ran, by one
/// commit, and answers only after it. A second writer would halve the batches: what a message costs
/// the database would nearly double. Thread-safe.
public final class Intake implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Intake.class.getName());
    private static final long LOOK_UP_EVERY_MILLIS = 50;

    private final NodeId node;
    private final IntakeStore store;
    private final StrayClaims strays;
    private final InstantSource clock;
    private final IntakeQueue waiting;
    private final OutageLog outages = new OutageLog(Intake.class);
    private final Thread writer;

    /// That the store could not be written to last, and not since.
    private volatile @Nullable Outage outage;

    private volatile boolean closing;

    private record Outage(StoreUnavailable why, Instant time) {
        boolean isWithin(Duration most, Instant now) {
            return !now.isBefore(time) && now.isBefore(time.plus(most));
        }
    }

    /// An intake that stores nothing before [#start].
    ///
    /// @param capacity calls that may wait; beyond it they are refused
    /// @param capacityBytes what they may hold together; beyond it they are refused as well
    public Intake(
            NodeId node,
            IntakeStore store,
            StrayClaims strays,
            InstantSource clock,
            int capacity,
            long capacityBytes) {
        this.node = node;
        this.store = store;
        this.strays = strays;
        this.clock = clock;
        this.waiting = new IntakeQueue(capacity, capacityBytes);
        this.writer = Thread.ofPlatform().name("intake-writer").daemon().unstarted(this::run);
    }

    public void start() {
        writer.start();
    }

    /// Checks that the store takes what this intake writes. A full disk shows nowhere else, because
    /// changes in place may go on working for long.
    ///
    /// @param most how long one failure counts, unless something is stored before; after that the
    ///   next call will show
    /// @throws StoreUnavailable when what was to be stored last could not be
    public void requireStoring(Duration most) {
        Outage last = outage;
        if (last != null && last.isWithin(most, clock.instant())) {
            throw new StoreUnavailable(last.why().reason(), last.why());
        }
    }

    /// Whether another item may be taken. One that is larger than what is left is refused all the
    /// same.
    boolean hasRoom() {
        return !closing && waiting.hasRoom();
    }

    /// Takes the item, or says that the intake is full or closing.
    boolean offer(IntakeItem item) {
        return !closing && waiting.offer(item);
    }

    /// Why it takes nothing, for who was refused.
    TriggerResult.NotTaken refusal() {
        return TriggerResult.Overloaded.by(
                closing ? TriggerResult.Overload.SHUTTING_DOWN : TriggerResult.Overload.INTAKE);
    }

    /// Refuses new items, stores those that wait, and ends.
    @Override
    public void close() {
        closing = true;
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing || !waiting.isEmpty()) {
            List<IntakeItem> batch = next();
            process(batch);
            batch.forEach(waiting::release);
        }
    }

    private List<IntakeItem> next() {
        try {
            return waiting.poll(LOOK_UP_EVERY_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the intake writer", e);
        }
    }

    private void process(List<IntakeItem> batch) {
        Map<IntakeItem.Key, List<IntakeItem>> byKey = LinkedHashMap.newLinkedHashMap(batch.size());
        Instant now = clock.instant();
        for (IntakeItem item : batch) {
            if (item.patience().isOverdue(now)) {
                answer(item, new IntakeOutcome.Failed(new TriggerResult.DeadlinePassed()));
            } else {
                byKey.computeIfAbsent(item.key(), _ -> new ArrayList<>(1)).add(item);
            }
        }
        if (!byKey.isEmpty()) {
            store(List.copyOf(byKey.values()));
        }
    }

    /// Stores the first item of each group; a batch the database refuses, by [Halves].
    private void store(List<List<IntakeItem>> groups) {
        try {
            List<NewExecution> executions =
                    groups.stream().map(group -> group.getFirst().execution()).toList();
            List<IntakeResult> results = store.store(node, executions);
            outage = null;
            for (int i = 0; i < groups.size(); i++) {
                answerGroup(groups.get(i), results.get(i));
            }
        } catch (BatchPoisoned e) {
            if (groups.size() == 1) {
                fail(groups, new TriggerResult.Poisoned());
                return;
            }
            Halves.of(groups).forEach(this::store);
        } catch (StoreUnavailable e) {
            outages.warn("intake cannot store calls=" + groups.size(), e);
            outage = new Outage(e, clock.instant());
            strays.suspect();
            fail(groups, new TriggerResult.Unavailable(TriggerPorts.RETRY_DELAY));
        } catch (RuntimeException e) {
            // Whatever it was, the callers must not be told that their messages are safe.
            LOG.log(System.Logger.Level.ERROR, "intake failed", e);
            strays.suspect();
            fail(groups, new TriggerResult.Unavailable(TriggerPorts.RETRY_DELAY));
        }
    }

    private void fail(List<List<IntakeItem>> groups, TriggerResult.NotTaken why) {
        var outcome = new IntakeOutcome.Failed(why);
        groups.forEach(group -> group.forEach(item -> answer(item, outcome)));
    }

    /// The others of a group came with the same request id in the same batch: to them the first one
    /// is the original.
    private void answerGroup(List<IntakeItem> group, IntakeResult result) {
        IntakeItem first = group.getFirst();
        answer(first, new IntakeOutcome.Answered(result));
        if (group.size() > 1) {
            IntakeResult forOthers =
                    result instanceof IntakeResult.Stored
                            ? new IntakeResult.RequestIdTaken(asOriginal(first.execution()))
                            : result;
            var outcome = new IntakeOutcome.Answered(forOthers);
            group.subList(1, group.size()).forEach(item -> answer(item, outcome));
        }
    }

    private static StoredExecution asOriginal(NewExecution execution) {
        return new StoredExecution(
                execution.id(), execution.digest(), execution.createTime(), execution.results());
    }

    private void answer(IntakeItem item, IntakeOutcome outcome) {
        try {
            item.answer().accept(outcome);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "an answer could not be given execution=" + item.execution().id(),
                    e);
            strays.suspect();
        }
    }
}
