package io.campanile.grpc.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.BroadcastView;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.domain.broadcast.FanOutState;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.v1.Execution;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

class ExecutionProtosTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "AUDIENCE_GONE, STATE_FAILED,    FAILURE_REASON_AUDIENCE_DELETED",
        "EXPIRED,       STATE_FAILED,    FAILURE_REASON_EXPIRED",
        "STOPPED,       STATE_FAILED,    FAILURE_REASON_CAMPAIGN_STOPPED",
        "WRITTEN,       STATE_SUCCEEDED, FAILURE_REASON_UNSPECIFIED",
        "WAITING,       STATE_RUNNING,   FAILURE_REASON_UNSPECIFIED",
    })
    void saysWhyNotEveryMemberGotAMessage(
            FanOutState fanOut, Execution.State state, Execution.FailureReason reason) {
        Execution execution = ExecutionProtos.execution(WorkspaceId.DEFAULT, view(fanOut), NOON);

        assertThat(execution.getState()).isEqualTo(state);
        assertThat(execution.getFailureReason()).isEqualTo(reason);
    }

    private static ExecutionView view(FanOutState fanOut) {
        return new ExecutionView(
                new ExecutionId(UUID.randomUUID()),
                new CampaignName(WorkspaceId.DEFAULT, "newsletter"),
                1,
                "r",
                NOON,
                null,
                NOON.plusSeconds(3_600),
                null,
                Map.of(),
                0,
                Map.of(),
                new BroadcastView(
                        "readers",
                        fanOut,
                        false,
                        0,
                        0,
                        NOON,
                        new WriteRate(100),
                        0,
                        Map.of(),
                        0,
                        null));
    }
}
