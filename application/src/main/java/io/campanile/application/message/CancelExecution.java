package io.campanile.application.message;

import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.message.port.Executions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.execution.CancelCounts;
import io.campanile.domain.execution.Cancellation;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Optional;

/// Cancels what an execution has not sent yet. Thread-safe.
public final class CancelExecution {
    private final Executions executions;
    private final Changes changes;

    public CancelExecution(Executions executions, Changes changes) {
        this.executions = executions;
        this.changes = changes;
    }

    /// What a cancellation did.
    ///
    /// @param execution afterwards
    public record Cancelled(ExecutionView execution, CancelCounts counts) {}

    /// Cancels, or with `validateOnly` counts what would be; nothing when there is no such
    /// execution. What changes nothing leaves no audit entry.
    public Optional<Cancelled> cancel(
            WorkspaceId workspace, ExecutionId id, Actor by, boolean validateOnly) {
        Optional<ExecutionView> found = executions.find(workspace, id);
        if (validateOnly) {
            return found.map(
                    execution -> new Cancelled(execution, execution.cancellation().counts()));
        }
        return found.map(execution -> {
            CancelCounts counts = changes.make(now -> cancel(workspace, id, by, now));
            return new Cancelled(executions.find(workspace, id).orElse(execution), counts);
        });
    }

    private Made<CancelCounts> cancel(
            WorkspaceId workspace, ExecutionId id, Actor by, Instant now) {
        Cancellation cancellation = executions.cancel(id, now);
        CancelCounts counts = cancellation.counts();
        if (!(cancellation instanceof Cancellation.Cancelled)) {
            return Made.nothing(counts);
        }
        changes.record(
                workspace,
                by,
                AuditAction.EXECUTION_CANCELLED,
                id.nameIn(workspace),
                "cancelled %d, in hand-over %d".formatted(counts.cancelled(), counts.inHandOver()),
                now);
        return Made.effective(counts);
    }
}
