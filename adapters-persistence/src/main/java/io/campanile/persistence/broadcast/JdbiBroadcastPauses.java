package io.campanile.persistence.broadcast;

import io.campanile.application.broadcast.port.BroadcastPauses;
import io.campanile.application.broadcast.port.PauseCounts;
import io.campanile.domain.broadcast.Broadcast;
import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.message.ExecutionId;
import io.campanile.persistence.Store;
import io.campanile.persistence.broadcast.BroadcastLocks.Locked;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.Optional;

/// Pauses of broadcasts on PostgreSQL.
public final class JdbiBroadcastPauses implements BroadcastPauses {
    private final Store store;

    public JdbiBroadcastPauses(Store store) {
        this.store = store;
    }

    @Override
    public Optional<PauseCounts> pause(ExecutionId execution) {
        return store.inTransaction(handle ->
                BroadcastLocks.lock(handle, execution)
                        .map(Locked::broadcast)
                        .flatMap(broadcast -> pause(handle, broadcast)));
    }

    private static Optional<PauseCounts> pause(Handle handle, Broadcast broadcast) {
        ExecutionId execution = broadcast.id();
        int open = Holding.lockOpen(handle, execution, true);
        if (!broadcast.state().canBePaused(open)) {
            return Optional.empty();
        }
        Holding.setPaused(handle, execution, true);
        int held = Holding.hold(handle, execution, true);
        return Optional.of(PauseCounts.of(broadcast, open, held));
    }

    /// Asked again while something is in hand-over: what is held stays as it is.
    @Override
    public void hold(ExecutionId execution) {
        store.inTransaction(handle ->
                BroadcastLocks.lock(handle, execution)
                        .map(Locked::broadcast)
                        .filter(Broadcast::paused)
                        .map(_ -> holdRest(handle, execution)));
    }

    private static int holdRest(Handle handle, ExecutionId execution) {
        return Holding.lockOpen(handle, execution, false) == 0
                ? 0
                : Holding.hold(handle, execution, false);
    }

    @Override
    public boolean resume(ExecutionId execution, Instant now) {
        return store.inTransaction(handle -> {
            Optional<Locked> paused =
                    BroadcastLocks.lock(handle, execution)
                            .filter(locked -> canBeResumed(handle, locked.broadcast()));
            paused.ifPresent(locked -> resume(handle, locked, now));
            return paused.isPresent();
        });
    }

    private static boolean canBeResumed(Handle handle, Broadcast broadcast) {
        long open = BroadcastLocks.countOpen(handle, broadcast.id()).all();
        return broadcast.state().canBeResumed(broadcast.paused(), open);
    }

    private static void resume(Handle handle, Locked locked, Instant now) {
        ExecutionId execution = locked.broadcast().id();
        Holding.setPaused(handle, execution, false);
        // Who records a failed attempt at this moment still holds the message back.
        Holding.lockOpen(handle, execution, true);
        Holding.letGo(handle, execution, now);
        CanaryState canary = locked.broadcast().canaryResumed(locked.time());
        if (canary != null) {
            CanaryRows.keep(handle, execution, canary);
        }
    }
}
