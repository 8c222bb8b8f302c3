package io.campanile.grpc.operation;

import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.application.operation.NodeStatus;
import io.campanile.application.operation.port.Backlog;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Unary;
import io.campanile.grpc.message.MessageProtos;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.GetStatusRequest;
import io.campanile.v1.Lane;
import io.campanile.v1.LaneBacklog;
import io.campanile.v1.OperationServiceGrpc;
import io.campanile.v1.OutcomeCount;
import io.campanile.v1.RecentOutcomes;
import io.campanile.v1.WorkspaceStatus;
import io.grpc.stub.StreamObserver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/// `OperationService`.
public final class OperationGrpcService extends OperationServiceGrpc.OperationServiceImplBase {
    private final Supplier<NodeStatus> status;
    private final InstantSource clock;

    public OperationGrpcService(Supplier<NodeStatus> status, InstantSource clock) {
        this.status = status;
        this.clock = clock;
    }

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<WorkspaceStatus> observer) {
        Unary.respond(observer, () -> status(Names.workspace(request.getName())));
    }

    private WorkspaceStatus status(WorkspaceId workspace) {
        NodeStatus node = status.get();
        Instant now = clock.instant();
        var proto =
                WorkspaceStatus.newBuilder()
                        .setName(Names.of(workspace) + "/status")
                        .setObserveTime(Times.timestamp(now))
                        .setRecentOutcomes(outcomes(node));
        node.backlogs().forEach(backlog -> proto.addBacklogs(backlog(backlog, now)));
        for (Map.Entry<ChannelConfigurationName, ProviderStatus> provider :
                node.providers().entrySet()) {
            // Those of other workspaces are nobody's business here.
            if (provider.getKey().workspace().equals(workspace)) {
                proto.addProviders(provider(provider.getKey(), provider.getValue()));
            }
        }
        return proto.build();
    }

    private static LaneBacklog backlog(Backlog backlog, Instant now) {
        var proto =
                LaneBacklog.newBuilder()
                        .setLane(Lane.valueOf("LANE_" + backlog.lane()))
                        .setOpenCount(backlog.open())
                        .setDueCount(backlog.due());
        Instant oldest = backlog.oldestDueTime();
        if (oldest != null) {
            Duration wait = Duration.between(oldest, now);
            proto.setOldestWait(Times.duration(wait.isNegative() ? Duration.ZERO : wait));
        }
        return proto.build();
    }

    private static RecentOutcomes outcomes(NodeStatus node) {
        var proto = RecentOutcomes.newBuilder().setWindow(Times.duration(node.window()));
        node.outcomes().entrySet().stream()
                .filter(outcome -> !outcome.getKey().isOpen())
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
                        io.campanile.v1.ProviderStatus.Breaker.valueOf(
                                "BREAKER_" + status.breaker()))
                .setPace(status.pace())
                .setSlotsTaken(status.slotsTaken())
                .setSlots(status.slots())
                .setConnections(status.connections())
                .build();
    }
}
