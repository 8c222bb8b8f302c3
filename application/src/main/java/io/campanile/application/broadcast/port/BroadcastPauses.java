package io.campanile.application.broadcast.port;

import io.campanile.domain.message.ExecutionId;

import java.time.Instant;
import java.util.Optional;

/// Holds broadcasts and lets them go on; waits for who works on the broadcast. Thread-safe; joins
/// the running transaction, if any; throws [io.campanile.application.store.StoreUnavailable] when
/// the database is away.
public interface BroadcastPauses {
    /// Holds a broadcast that has open messages or is going to: nothing more is written, and of its
    /// open messages only those in `SENDING` may still be handed over. Claims on the others are
    /// void.
    ///
    /// @return what it found, also when it was paused before; empty when nothing is left to hold,
    ///   or when the execution is no broadcast
    Optional<PauseCounts> pause(ExecutionId execution);

    /// Holds the open messages of a broadcast that is paused, as [#pause] does; nothing when it was
    /// resumed meanwhile.
    void hold(ExecutionId execution);

    /// Lets a paused broadcast go on; its open messages are due now, and its canary is where
    /// [io.campanile.domain.broadcast.CanaryWatch#resumed] says.
    ///
    /// @return whether it was paused, and something is left to go on
    boolean resume(ExecutionId execution, Instant now);
}
