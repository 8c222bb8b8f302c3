package io.campanile.application.broadcast.port;

import io.campanile.domain.broadcast.CanaryState;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.FanOutStep;
import io.campanile.domain.broadcast.SampleCounts;
import io.campanile.domain.message.ExecutionId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Broadcasts and how far their messages are written. A broadcast is stored by the intake.
/// Thread-safe; joins the running transaction, if any; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface Broadcasts {
    /// The broadcasts of which more messages are to be written, the oldest first, paused ones
    /// included.
    ///
    /// @param after the last of the page before; absent for the first page
    List<ExecutionId> unfinished(@Nullable ExecutionId after, int limit);

    /// Locks a broadcast against everybody else, then its campaign's control row shared, until the
    /// end of the running transaction. Nothing when somebody else works on it, or when there is
    /// none.
    Optional<LockedBroadcast> lock(ExecutionId execution);

    /// Copies the members of a broadcast that waits, as they are now; later changes of the audience
    /// do not matter to it. With a canary the copy is in random order, so that the sample is like
    /// the rest. Of members whose mail goes to one address now, one is written to.
    ///
    /// Takes minutes when there are many, and never joins a transaction, so that nobody who pauses,
    /// cancels or stops waits for it: a broadcast that ended meanwhile stays as it is, and so does
    /// one that somebody else is beginning.
    ///
    /// @return false, and nothing is written, when the audience was deleted
    boolean begin(ExecutionId execution);

    /// Writes the messages of the next members of a locked broadcast: due now, owned by nobody.
    /// Excluded are messages to members who were erased meanwhile, and to members at whose address
    /// another member is written to.
    void write(ExecutionId execution, FanOutStep.Write chunk, Instant now);

    /// Counts what became of the messages that a locked broadcast has.
    SampleCounts sample(ExecutionId execution);

    /// Keeps where the canary of a locked broadcast stands. One that has halted is paused as well.
    void keep(ExecutionId execution, CanaryState state);

    /// Ends the fan-out of a locked broadcast.
    void end(ExecutionId execution, FanOutState state);

    /// The payload that all messages of a broadcast share, as it was encoded.
    Optional<byte[]> payload(ExecutionId execution);
}
