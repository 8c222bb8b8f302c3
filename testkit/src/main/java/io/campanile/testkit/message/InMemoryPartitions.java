package io.campanile.testkit.message;

import io.campanile.application.operation.port.Partitions;
import io.campanile.domain.message.ExecutionId;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/// The days that were made. What is stored outside of them is not refused: most tests are about
/// something else.
final class InMemoryPartitions implements Partitions {
    private final InMemoryStore store;
    private final TreeSet<LocalDate> days = new TreeSet<>();

    InMemoryPartitions(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public void makeAhead(Instant now, Period ahead) {
        synchronized (store) {
            store.requireThere();
            LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            today.minusDays(1).datesUntil(today.plus(ahead).plusDays(1)).forEach(days::add);
        }
    }

    @Override
    public int dropOlderThan(Instant before, Instant settledBefore) {
        synchronized (store) {
            store.requireThere();
            List<LocalDate> old =
                    days.headSet(LocalDate.ofInstant(before, ZoneOffset.UTC)).stream()
                            .filter(day -> store.open().noneMatch(row -> isOf(day, row)))
                            .filter(day -> !hasSettled(day, settledBefore))
                            .toList();
            old.forEach(day -> drop(day, before));
            days.removeIf(day -> old.contains(day) && !isRemembered(day));
            return (int) old.stream().filter(day -> !days.contains(day)).count();
        }
    }

    private boolean hasSettled(LocalDate day, Instant settledBefore) {
        return store.messages.values().stream()
                .anyMatch(row -> isOf(day, row) && !row.stateTime.isBefore(settledBefore));
    }

    private void drop(LocalDate day, Instant before) {
        store.messages.values().removeIf(row -> isOf(day, row));
        Instant over = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (isRemembered(day) && over.plus(OTHERS_STAY).isAfter(before)) {
            return;
        }
        store.executions.keySet().removeIf(id -> isOf(day, id) && !isRemembered(id));
        store.cancellations.keySet().removeIf(id -> isOf(day, id) && !isRemembered(id));
    }

    private boolean isRemembered(ExecutionId execution) {
        return store.broadcasts.containsKey(execution);
    }

    private boolean isRemembered(LocalDate day) {
        return store.broadcasts.keySet().stream().anyMatch(id -> isOf(day, id));
    }

    private static boolean isOf(LocalDate day, ExecutionId execution) {
        return dayOf(execution.value()).equals(day);
    }

    private static boolean isOf(LocalDate day, MessageRow row) {
        return dayOf(row.message.id().value()).equals(day);
    }

    private static LocalDate dayOf(UUID id) {
        return LocalDate.ofInstant(
                Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16), ZoneOffset.UTC);
    }
}
