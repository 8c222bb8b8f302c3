package io.campanile.testkit.message;

import io.campanile.application.delivery.port.NodeId;
import io.campanile.application.delivery.port.Nodes;
import io.campanile.application.delivery.port.Renewal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Nodes in memory, on a clock of the test's.
final class InMemoryNodes implements Nodes {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InMemoryStore store;
    private final InstantSource clock;
    private final Map<Long, Instant> leaseEndTimes = new HashMap<>();

    /// When to look again for what dead nodes hold.
    private final Map<Long, Instant> lookTimes = new HashMap<>();

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
            boolean dead = lookTimes.remove(node.value()) != null;
            if (before != null && !dead) {
                return before.isAfter(now) ? Renewal.IN_TIME : Renewal.LATE;
            }
            release(Set.of(node.value()), Integer.MAX_VALUE);
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
            if (!leaseEndTimes.getOrDefault(by.value(), Instant.MIN).isAfter(now)) {
                return 0;
            }
            leaseEndTimes.forEach((id, end) -> {
                if (!end.isAfter(now)) {
                    lookTimes.putIfAbsent(id, now);
                }
            });
            Set<Long> toLookAt =
                    lookTimes.entrySet().stream()
                            .filter(each -> !each.getValue().isAfter(now))
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toUnmodifiableSet());
            int released = release(toLookAt, limit);
            if (released == 0) {
                toLookAt.forEach(id -> lookTimes.put(id, nextLook(id, now)));
            }
            return released;
        }
    }

    /// Whether others take what it holds.
    boolean isTakenForDead(NodeId node) {
        return !leaseEndTimes.containsKey(node.value()) || lookTimes.containsKey(node.value());
    }

    private Instant nextLook(long node, Instant now) {
        Duration dead = Duration.between(leaseEndTimes.getOrDefault(node, now), now);
        if (dead.compareTo(MINUTE) >= 0) {
            return now.truncatedTo(ChronoUnit.MINUTES).plus(MINUTE).plus(MINUTE);
        }
        return now.plus(dead.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : dead);
    }

    private int release(Set<Long> owners, int limit) {
        List<MessageRow> rows =
                store.open()
                        .filter(row -> row.owner != null && owners.contains(row.owner))
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
            leaseEndTimes.put(node.value(), clock.instant());
            lookTimes.put(node.value(), clock.instant());
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
