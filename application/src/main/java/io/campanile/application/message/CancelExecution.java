package io.campanile.application.message;

import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.message.port.CancelCounts;
import io.campanile.application.message.port.Cancellation;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.message.port.Executions;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Cancels what an execution has not sent yet. Thread-safe.
public final class CancelExecution {
    private final Executions executions;
    private final Transactions transactions;
    private final AuditEntries audit;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    /// A use case over these ports.
    ///
    /// @param ids gives UUIDv7s
    public CancelExecution(
            Executions executions,
            Transactions transactions,
            AuditEntries audit,
            InstantSource clock,
            Supplier<UUID> ids) {
        this.executions = executions;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
        this.ids = ids;
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
            return found.map(execution -> new Cancelled(execution, counts(execution)));
        }
        return found.map(execution -> {
            CancelCounts counts = transactions.inTransaction(() -> cancel(workspace, id, by));
            return new Cancelled(executions.find(workspace, id).orElse(execution), counts);
        });
    }

    private CancelCounts cancel(WorkspaceId workspace, ExecutionId id, Actor by) {
        Instant now = clock.instant();
        Cancellation cancellation = executions.cancel(id, now);
        if (cancellation instanceof Cancellation.Cancelled(var counts)) {
            audit.add(entry(workspace, id, by, counts, now));
        }
        return cancellation.counts();
    }

    private AuditEntry entry(
            WorkspaceId workspace, ExecutionId id, Actor by, CancelCounts counts, Instant now) {
        return new AuditEntry(
                ids.get(),
                workspace,
                now,
                by,
                AuditAction.EXECUTION_CANCELLED,
                "workspaces/" + workspace + "/executions/" + id,
                "cancelled %d, in hand-over %d".formatted(counts.cancelled(), counts.inHandOver()));
    }

    private static CancelCounts counts(ExecutionView execution) {
        long inHandOver = execution.counts().getOrDefault(MessageState.Kind.SENDING, 0L);
        return new CancelCounts(execution.open() - inHandOver, inHandOver);
    }
}
