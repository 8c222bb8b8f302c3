package io.campanile.application.broadcast;

import io.campanile.application.access.Changes;
import io.campanile.application.access.Changes.Made;
import io.campanile.application.broadcast.port.BroadcastPauses;
import io.campanile.application.broadcast.port.PauseCounts;
import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.message.port.Executions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Optional;

/// Holds broadcasts and lets them go on. Thread-safe.
public final class PauseExecution {
    private final BroadcastPauses pauses;
    private final Executions executions;
    private final Changes changes;

    public PauseExecution(BroadcastPauses pauses, Executions executions, Changes changes) {
        this.pauses = pauses;
        this.executions = executions;
        this.changes = changes;
    }

    /// What became of the wish to pause, or would become of it.
    public sealed interface PauseResult {}

    /// What became of the wish to resume, or would become of it.
    public sealed interface ResumeResult {}

    /// It is paused, now or before, or could be.
    ///
    /// @param execution afterwards
    public record Paused(ExecutionView execution, PauseCounts counts) implements PauseResult {}

    /// It goes on, or could.
    ///
    /// @param execution afterwards
    public record Resumed(ExecutionView execution) implements ResumeResult {}

    /// There is nothing to hold or to resume.
    public record Refused(ExecutionView execution) implements PauseResult, ResumeResult {}

    /// Pauses a broadcast; nothing when there is no such execution. Once this returns, nothing is
    /// handed over but what the counts say. With `validateOnly` it counts what would be held, and
    /// holds nothing.
    public Optional<PauseResult> pause(
            WorkspaceId workspace, ExecutionId id, Actor by, boolean validateOnly) {
        Optional<ExecutionView> found = executions.find(workspace, id);
        return validateOnly
                ? found.map(PauseExecution::wouldPause)
                : found.map(known -> changes.make(now -> pause(workspace, known, by, now)));
    }

    private static PauseResult wouldPause(ExecutionView execution) {
        BroadcastView broadcast = execution.broadcast();
        if (broadcast == null || !broadcast.state().canBePaused(execution.open())) {
            return new Refused(execution);
        }
        long inHandOver = execution.counts().getOrDefault(MessageState.Kind.SENDING, 0L);
        return new Paused(
                execution,
                new PauseCounts(execution.open() - inHandOver, inHandOver, broadcast.paused()));
    }

    private Made<PauseResult> pause(
            WorkspaceId workspace, ExecutionView known, Actor by, Instant now) {
        Optional<PauseCounts> counts = pauses.pause(known.id());
        ExecutionView execution = lastSeen(workspace, known);
        if (counts.isEmpty()) {
            return Made.nothing(new Refused(execution));
        }
        if (!counts.get().pausedBefore()) {
            String detail =
                    "held %d, in hand-over %d"
                            .formatted(counts.get().held(), counts.get().inHandOver());
            record(workspace, execution, by, AuditAction.EXECUTION_PAUSED, detail, now);
        }
        return Made.effective(new Paused(execution, counts.get()));
    }

    /// Resumes a paused broadcast, or with `validateOnly` says whether it could be; nothing when
    /// there is no such execution.
    public Optional<ResumeResult> resume(
            WorkspaceId workspace, ExecutionId id, Actor by, boolean validateOnly) {
        Optional<ExecutionView> found = executions.find(workspace, id);
        return validateOnly
                ? found.map(PauseExecution::wouldResume)
                : found.map(known -> changes.make(now -> resume(workspace, known, by, now)));
    }

    private static ResumeResult wouldResume(ExecutionView execution) {
        BroadcastView broadcast = execution.broadcast();
        return broadcast != null
                        && broadcast.state().canBeResumed(broadcast.paused(), execution.open())
                ? new Resumed(execution)
                : new Refused(execution);
    }

    private Made<ResumeResult> resume(
            WorkspaceId workspace, ExecutionView known, Actor by, Instant now) {
        boolean goesOn = pauses.resume(known.id(), now);
        ExecutionView execution = lastSeen(workspace, known);
        if (!goesOn) {
            return Made.nothing(new Refused(execution));
        }
        String detail = HaltReport.of(execution);
        record(workspace, execution, by, AuditAction.EXECUTION_RESUMED, detail, now);
        return Made.effective(new Resumed(execution));
    }

    /// To be read once the broadcast is locked: whoever was waited for has changed it.
    private ExecutionView lastSeen(WorkspaceId workspace, ExecutionView known) {
        return executions.find(workspace, known.id()).orElse(known);
    }

    private void record(
            WorkspaceId workspace,
            ExecutionView execution,
            Actor by,
            AuditAction action,
            String detail,
            Instant now) {
        changes.record(workspace, by, action, execution.id().nameIn(workspace), detail, now);
    }
}
