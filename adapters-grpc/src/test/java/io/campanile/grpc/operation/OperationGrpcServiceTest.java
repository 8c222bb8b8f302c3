package io.campanile.grpc.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;

import io.campanile.application.delivery.port.ProviderStatus;
import io.campanile.application.delivery.port.ProviderStatus.Breaker;
import io.campanile.application.operation.WorkspaceStatus;
import io.campanile.application.operation.port.Backlog;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageState.Kind;
import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.v1.GetStatusRequest;
import io.campanile.v1.LaneBacklog;
import io.campanile.v1.Message;
import io.campanile.v1.OutcomeCount;
import io.campanile.v1.PutOffCount;
import io.grpc.stub.StreamObserver;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

class OperationGrpcServiceTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final WorkspaceId ACME = new WorkspaceId("acme");

    private final List<WorkspaceId> asked = new ArrayList<>();
    private final OperationGrpcService service =
            new OperationGrpcService(
                    workspace -> {
                        asked.add(workspace);
                        return new WorkspaceStatus(
                                NOON,
                                List.of(
                                        new Backlog(
                                                Lane.TRANSACTIONAL, 3, 2, NOON.minusSeconds(90)),
                                        new Backlog(Lane.MARKETING, 0, 0, null)),
                                Map.of(Reason.PROVIDER_THROTTLED, 5L, Reason.PROVIDER_BUSY, 1L),
                                Duration.ofMinutes(5),
                                Map.of(Kind.SENT, 40L, Kind.FAILED, 2L),
                                Map.of(
                                        new ChannelConfigurationName(ACME, "receipts"),
                                        new ProviderStatus(Breaker.HALF_OPEN, 12.5, 3, 8, 2)),
                                Set.of(WorkspaceStatus.Part.OUTCOMES));
                    },
                    "1.2.3");

    @Test
    void asksForTheWorkspaceInTheNameOnly() {
        status();

        assertThat(asked).containsExactly(ACME);
    }

    @Test
    void saysWhichVersionAnswers() {
        assertThat(status().getServerVersion()).isEqualTo("1.2.3");
    }

    @Test
    void saysWhatCouldNotBeCounted() {
        assertThat(status().getUncountedPartsList())
                .containsExactly(io.campanile.v1.WorkspaceStatus.Part.PART_OUTCOMES);
    }

    @Test
    void showsHowLongTheOldestHasWaited() {
        assertThat(status().getBacklogsList())
                .containsExactly(
                        LaneBacklog.newBuilder()
                                .setLane(io.campanile.v1.Lane.LANE_TRANSACTIONAL)
                                .setOpenCount(3)
                                .setDueCount(2)
                                .setOldestWait(Durations.fromSeconds(90))
                                .build(),
                        LaneBacklog.newBuilder()
                                .setLane(io.campanile.v1.Lane.LANE_MARKETING)
                                .build());
    }

    @Test
    void showsWhyMessagesArePutOff() {
        assertThat(status().getPutOffCountsList())
                .containsExactly(
                        PutOffCount.newBuilder()
                                .setReason(Message.Reason.REASON_PROVIDER_BUSY)
                                .setMessageCount(1)
                                .build(),
                        PutOffCount.newBuilder()
                                .setReason(Message.Reason.REASON_PROVIDER_THROTTLED)
                                .setMessageCount(5)
                                .build());
    }

    @Test
    void showsOutcomesInTheOrderOfTheirStates() {
        assertThat(status().getRecentOutcomes().getCountsList())
                .containsExactly(
                        outcome(Message.State.STATE_FAILED, 2),
                        outcome(Message.State.STATE_SENT, 40));
    }

    @Test
    void showsProviders() {
        assertThat(status().getProvidersList())
                .containsExactly(
                        io.campanile.v1.ProviderStatus.newBuilder()
                                .setChannelConfiguration(
                                        "workspaces/acme/channelConfigurations/receipts")
                                .setBreaker(
                                        io.campanile.v1.ProviderStatus.Breaker.BREAKER_HALF_OPEN)
                                .setPace(12.5)
                                .setSlotsTaken(3)
                                .setSlots(8)
                                .setConnections(2)
                                .build());
    }

    private static OutcomeCount outcome(Message.State state, long count) {
        return OutcomeCount.newBuilder().setState(state).setMessageCount(count).build();
    }

    private io.campanile.v1.WorkspaceStatus status() {
        var answers = new ArrayList<io.campanile.v1.WorkspaceStatus>();
        service.getStatus(
                GetStatusRequest.newBuilder().setName("workspaces/acme/status").build(),
                new StreamObserver<>() {
                    @Override
                    public void onNext(io.campanile.v1.WorkspaceStatus answer) {
                        answers.add(answer);
                    }

                    @Override
                    public void onError(Throwable error) {
                        throw new AssertionError(error);
                    }

                    @Override
                    public void onCompleted() {}
                });
        return answers.getFirst();
    }
}
