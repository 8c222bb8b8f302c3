package io.campanile.grpc.trigger;

import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.broadcast.CanaryWatch;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.execution.ExecutionState;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.message.MessageProtos;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.Execution;
import io.campanile.v1.MessageCounts;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Executions as protobuf.
final class ExecutionProtos {
    private ExecutionProtos() {}

    static Execution execution(WorkspaceId workspace, ExecutionView view, Instant now) {
        var proto =
                Execution.newBuilder()
                        .setName(Names.of(workspace, view.id()))
                        .setCampaign(view.campaign().toString())
                        .setRevision(Names.revision(view.campaign(), view.revision()))
                        .setRequestId(view.requestId())
                        .setState(state(view.state(now)))
                        .setCounts(counts(view.counts()))
                        .setRejectedRecipientCount(view.rejected())
                        .setCreateTime(Times.timestamp(view.createTime()))
                        .setExpireTime(Times.timestamp(view.expireTime()))
                        .putAllMetadata(view.metadata());
        if (view.scheduleTime() != null) {
            proto.setScheduleTime(Times.timestamp(view.scheduleTime()));
        }
        if (view.broadcast() != null) {
            if (proto.getState() == Execution.State.STATE_FAILED) {
                proto.setFailureReason(failureReason(view.broadcast().state()));
            }
            add(proto, workspace, view.broadcast(), view.open(), now);
        }
        if (view.cancelled() != null) {
            proto.setCancelTime(Times.timestamp(view.cancelled().time()));
        }
        return proto.build();
    }

    private static void add(
            Execution.Builder proto,
            WorkspaceId workspace,
            BroadcastView broadcast,
            long open,
            Instant now) {
        proto.setAudience(new AudienceName(workspace, broadcast.audience()).toString())
                .setMessagesPerSecond(broadcast.rate().perSecond())
                .setProgress(CanaryProtos.progress(broadcast.progress(open, now)))
                .addAllReasonCounts(reasonCounts(broadcast.reasons()))
                .setComplainedCount(broadcast.complained());
        CanaryWatch canary = broadcast.canary();
        if (canary != null) {
            proto.setCanary(CanaryProtos.proto(canary.canary()))
                    .setCanaryResult(CanaryProtos.result(broadcast, canary));
        }
    }

    private static List<Execution.ReasonCount> reasonCounts(Map<Reason, Long> reasons) {
        return reasons.entrySet().stream()
                .sorted(
                        Map.Entry.<Reason, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(reason ->
                        Execution.ReasonCount.newBuilder()
                                .setReason(MessageProtos.reason(reason.getKey()))
                                .setCount(reason.getValue())
                                .build())
                .toList();
    }

    private static Execution.State state(ExecutionState state) {
        return switch (state) {
            case SCHEDULED -> Execution.State.STATE_SCHEDULED;
            case RUNNING -> Execution.State.STATE_RUNNING;
            case PAUSED -> Execution.State.STATE_PAUSED;
            case HALTED -> Execution.State.STATE_HALTED;
            case SUCCEEDED -> Execution.State.STATE_SUCCEEDED;
            case FAILED -> Execution.State.STATE_FAILED;
            case CANCELLED -> Execution.State.STATE_CANCELLED;
        };
    }

    private static Execution.FailureReason failureReason(FanOutState state) {
        return switch (state) {
            case AUDIENCE_GONE -> Execution.FailureReason.FAILURE_REASON_AUDIENCE_DELETED;
            case EXPIRED -> Execution.FailureReason.FAILURE_REASON_EXPIRED;
            case STOPPED -> Execution.FailureReason.FAILURE_REASON_CAMPAIGN_STOPPED;
            case WAITING, WRITING, WRITTEN, CANCELLED ->
                    Execution.FailureReason.FAILURE_REASON_UNSPECIFIED;
        };
    }

    private static MessageCounts counts(Map<MessageState.Kind, Long> counts) {
        var proto = MessageCounts.newBuilder();
        counts.forEach((kind, count) -> {
            proto.setPlannedCount(proto.getPlannedCount() + count);
            switch (kind) {
                case ACCEPTED -> proto.setAcceptedCount(count);
                case DEFERRED -> proto.setDeferredCount(count);
                case SENDING -> proto.setSendingCount(count);
                case EXCLUDED -> proto.setExcludedCount(count);
                case CANCELLED -> proto.setCancelledCount(count);
                case EXPIRED -> proto.setExpiredCount(count);
                case FAILED -> proto.setFailedCount(count);
                case UNKNOWN -> proto.setUnknownCount(count);
                case SENT -> proto.setSentCount(count);
                case DELIVERED -> proto.setDeliveredCount(count);
                case BOUNCED -> proto.setBouncedCount(count);
            }
        });
        return proto.build();
    }
}
