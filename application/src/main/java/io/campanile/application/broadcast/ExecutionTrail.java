package io.campanile.application.broadcast;

import io.campanile.application.access.port.AuditEntries;
import io.campanile.application.broadcast.port.LockedBroadcast;
import io.campanile.domain.access.Actor;
import io.campanile.domain.access.AuditAction;
import io.campanile.domain.access.AuditEntry;
import io.campanile.domain.broadcast.CanaryWatch;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.SampleCounts;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;

/// What the audit trail says of executions that nobody changed but Campanile itself. To be called
/// in the transaction of the change. Thread-safe.
public final class ExecutionTrail {
    private final AuditEntries audit;
    private final Supplier<UUID> ids;

    /// A trail over this port.
    ///
    /// @param ids gives UUIDv7s
    public ExecutionTrail(AuditEntries audit, Supplier<UUID> ids) {
        this.audit = audit;
        this.ids = ids;
    }

    /// A canary went against the broadcast.
    void halted(LockedBroadcast locked, CanaryWatch canary, SampleCounts sample, Instant now) {
        record(locked, AuditAction.EXECUTION_HALTED, HaltReport.numbers(canary, sample), now);
    }

    /// The fan-out has ended; nothing is said where every member has a message.
    void ended(LockedBroadcast locked, FanOutState state, Instant now) {
        if (state.isBrokenOff()) {
            record(locked, AuditAction.EXECUTION_FAILED, why(state), now);
        }
    }

    private static String why(FanOutState brokenOff) {
        return switch (brokenOff) {
            case STOPPED -> "the campaign was stopped";
            case EXPIRED -> "it expired before all messages were written";
            case AUDIENCE_GONE -> "the audience was deleted";
            case WAITING, WRITING, WRITTEN, CANCELLED ->
                    throw new IllegalArgumentException("not broken off: " + brokenOff);
        };
    }

    /// A campaign that was purged has no workspace to tell.
    private void record(LockedBroadcast locked, AuditAction action, String detail, Instant now) {
        CampaignName campaign = locked.name();
        if (campaign == null) {
            return;
        }
        WorkspaceId workspace = campaign.workspace();
        ExecutionId execution = locked.broadcast().id();
        audit.add(
                new AuditEntry(
                        ids.get(),
                        workspace,
                        now.truncatedTo(ChronoUnit.MICROS),
                        Actor.SYSTEM,
                        action,
                        execution.nameIn(workspace),
                        detail));
    }
}
