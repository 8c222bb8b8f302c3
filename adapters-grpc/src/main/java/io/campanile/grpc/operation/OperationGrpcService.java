package io.campanile.grpc.operation;

import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.application.operation.WorkspaceStatus;
import io.campanile.application.operation.port.Backlog;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.call.Unary;
import io.campanile.grpc.message.MessageProtos;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.GetStatusRequest;
import io.campanile.v1.Lane;
import io.campanile.v1.LaneBacklog;
import io.campanile.v1.OperationServiceGrpc;
import io.campanile.v1.OutcomeCount;
import io.campanile.v1.PutOffCount;
import io.campanile.v1.RecentOutcomes;
import io.grpc.stub.StreamObserver;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/// `OperationService`.
public final class OperationGrpcService extends OperationServiceGrpc.OperationServiceImplBase {
    private final Function<WorkspaceId, WorkspaceStatus> statuses;
    private final String version;

    /// A service that shows what it is told.
    ///
    /// @param statuses looks at a workspace and nothing else; blocks
    /// @param version the server's
    public OperationGrpcService(Function<WorkspaceId, WorkspaceStatus> statuses, String version) {
        this.statuses = statuses;
        this.version = version;
    }

    @Override
    public void getStatus(
            GetStatusRequest request, StreamObserver<io.campanile.v1.WorkspaceStatus> observer) {
        Unary.respond(observer, () -> status(Names.workspace(request.getName())));
    }

    private io.campanile.v1.WorkspaceStatus status(WorkspaceId workspace) {
        WorkspaceStatus status = statuses.apply(workspace);
        Instant now = status.observeTime();
        var proto =
                io.campanile.v1.WorkspaceStatus.newBuilder()
                        .setName(Names.of(workspace) + "/status")
                        .setServerVersion(version)
                        .setObserveTime(Times.timestamp(now))
                        .setRecentOutcomes(outcomes(status));
        status.backlogs().forEach(backlog -> proto.addBacklogs(backlog(backlog, now)));
        status.putOff().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(reason ->
                        proto.addPutOffCounts(
                                PutOffCount.newBuilder()
                                        .setReason(MessageProtos.reason(reason.getKey()))
                                        .setMessageCount(reason.getValue())));
        status.uncounted().stream().sorted().forEach(part -> proto.addUncountedParts(part(part)));
        status.providers()
                .forEach((name, provider) -> proto.addProviders(provider(name, provider)));
        return proto.build();
    }

    private static io.campanile.v1.WorkspaceStatus.Part part(WorkspaceStatus.Part part) {
        return Enums.proto(io.campanile.v1.WorkspaceStatus.Part.class, "PART_", part);
    }

    private static LaneBacklog backlog(Backlog backlog, Instant now) {
        var proto =
                LaneBacklog.newBuilder()
                        .setLane(Enums.proto(Lane.class, "LANE_", backlog.lane()))
                        .setOpenCount(backlog.open())
                        .setDueCount(backlog.due());
        Instant oldest = backlog.oldestDueTime();
        if (oldest != null) {
            Duration wait = Duration.between(oldest, now);
            proto.setOldestWait(Times.duration(wait.isNegative() ? Duration.ZERO : wait));
        }
        return proto.build();
    }

    private static RecentOutcomes outcomes(WorkspaceStatus status) {
        var proto = RecentOutcomes.newBuilder().setWindow(Times.duration(status.window()));
        status.outcomes().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(outcome ->
                        proto.addCounts(
                                OutcomeCount.newBuilder()
                                        .setState(MessageProtos.state(outcome.getKey()))
                                        .setMessageCount(outcome.getValue())));
        return proto.build();
    }

    private static io.campanile.v1.ProviderStatus provider(
            ChannelConfigurationName name, ProviderStatus status) {
        return io.campanile.v1.ProviderStatus.newBuilder()
                .setChannelConfiguration(name.toString())
                .setBreaker(
                        Enums.proto(
                                io.campanile.v1.ProviderStatus.Breaker.class,
                                "BREAKER_",
                                status.breaker()))
                .setPace(status.pace())
                .setSlotsTaken(status.slotsTaken())
                .setSlots(status.slots())
                .setConnections(status.connections())
                .build();
    }
}
