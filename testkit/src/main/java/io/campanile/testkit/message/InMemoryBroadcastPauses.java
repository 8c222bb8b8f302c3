package io.campanile.testkit.message;

import io.campanile.application.broadcast.port.BroadcastPauses;
import io.campanile.application.broadcast.port.PauseCounts;
import io.campanile.domain.broadcast.Broadcast;
import io.campanile.domain.message.ExecutionId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Pauses of broadcasts in memory.
final class InMemoryBroadcastPauses implements BroadcastPauses {
    private final InMemoryStore store;

    InMemoryBroadcastPauses(InMemoryStore store) {
        this.store = store;
    }

    @Override
    public Optional<PauseCounts> pause(ExecutionId execution) {
        synchronized (store) {
            store.requireThere();
            BroadcastRow row = store.broadcasts.get(execution);
            List<MessageRow> open = store.open(execution);
            if (row == null || !row.state.canBePaused(open.size())) {
                return Optional.empty();
            }
            Broadcast before = row.of(store.execution(execution));
            row.paused = true;
            List<MessageRow> held = open.stream().filter(message -> !message.isSending()).toList();
            held.forEach(message -> {
                message.hold();
                message.epoch++;
            });
            return Optional.of(PauseCounts.of(before, open.size(), held.size()));
        }
    }

    @Override
    public void hold(ExecutionId execution) {
        synchronized (store) {
            store.requireThere();
            if (store.broadcast(execution).paused) {
                var _ = pause(execution);
            }
        }
    }

    @Override
    public boolean resume(ExecutionId execution, Instant now) {
        synchronized (store) {
            store.requireThere();
            BroadcastRow row = store.broadcasts.get(execution);
            if (row == null || !row.state.canBeResumed(row.paused, store.open(execution).size())) {
                return false;
            }
            row.paused = false;
            row.keep(row.of(store.execution(execution)).canaryResumed(store.clock.instant()));
            store.open(execution).stream()
                    .filter(MessageRow::isHeld)
                    .forEach(message -> message.letGo(now));
            return true;
        }
    }
}
