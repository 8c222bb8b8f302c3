package io.campanile.application.message.port;

import io.campanile.domain.execution.Cancellation;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Executions as people look at them. Thread-safe; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface Executions {
    Optional<ExecutionView> find(WorkspaceId workspace, ExecutionId execution);

    List<ExecutionView> list(ExecutionQuery query);

    /// Settles the open messages of the execution as cancelled, but for those in `SENDING`, in one
    /// transaction. Changes nothing when it was cancelled before, or has no open message.
    Cancellation cancel(ExecutionId execution, Instant now);
}
