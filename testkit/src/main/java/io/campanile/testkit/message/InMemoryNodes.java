package io.campanile.testkit.message;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.delivery.port.Renewal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/// Nodes in memory, on a clock of the test's.
final class InMemoryNodes implements Nodes {
    private static final Instant DEAD = Instant.MIN;

    private final InMemoryStore store;
    private final InstantSource clock;
    private final Map<Long, Instant> leaseEndTimes = new HashMap<>();
    private long last;

    InMemoryNodes(InMemoryStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public NodeId register(Duration lease) {
        synchronized (store) {
            store.requireThere();
            leaseEndTimes.put(++last, clock.instant().plus(lease));
            return new NodeId(last);
        }
    }

    @Override
    public Renewal renew(NodeId node, Duration lease) {
        synchronized (store) {
            store.requireThere();
            Instant now = clock.instant();
            Instant before = leaseEndTimes.put(node.value(), now.plus(lease));
            if (before != null && !before.equals(DEAD)) {
                return before.isAfter(now) ? Renewal.IN_TIME : Renewal.LATE;
            }
            release(owner -> owner == node.value(), Integer.MAX_VALUE);
            return Renewal.TAKEN_FOR_DEAD;
        }
    }

    @Override
    public void endOtherLeases(NodeId node) {
        synchronized (store) {
            store.requireThere();
            Instant now = clock.instant();
            leaseEndTimes.replaceAll(
                    (id, end) -> id == node.value() || end.isBefore(now) ? end : now);
        }
    }

    @Override
    public int reapDead(NodeId by, int limit) {
        synchronized (store) {
            store.requireThere();
            Instant now = clock.instant();
            if (!leaseEndTimes.getOrDefault(by.value(), DEAD).isAfter(now)) {
                return 0;
            }
            leaseEndTimes.replaceAll((_, end) -> end.isAfter(now) ? end : DEAD);
            return release(owner -> DEAD.equals(leaseEndTimes.get(owner)), limit);
        }
    }

    /// Whether others take what it holds.
    boolean isTakenForDead(NodeId node) {
        return leaseEndTimes.getOrDefault(node.value(), DEAD).equals(DEAD);
    }

    private int release(LongPredicate owners, int limit) {
        List<MessageRow> rows =
                store.open()
                        .filter(row -> row.owner != null && owners.test(row.owner))
                        .limit(limit)
                        .toList();
        for (MessageRow row : rows) {
            row.owner = null;
            row.epoch++;
            row.dueTime = clock.instant();
        }
        return rows.size();
    }

    @Override
    public void retire(NodeId node) {
        synchronized (store) {
            store.requireThere();
            leaseEndTimes.put(node.value(), DEAD);
            store.open()
                    .filter(row -> row.owner != null && row.owner == node.value())
                    .filter(row -> !row.isSending())
                    .forEach(row -> row.release(clock.instant()));
        }
    }

    @Override
    public Instant databaseTime() {
        store.requireThere();
        return clock.instant();
    }
}
