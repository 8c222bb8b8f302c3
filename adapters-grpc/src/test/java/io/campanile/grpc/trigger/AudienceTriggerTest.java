package io.campanile.grpc.trigger;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.TestCampaigns.RECEIPT;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;

import io.campanile.application.trigger.AudienceTriggerCommand;
import io.campanile.application.trigger.AudienceTriggerResult;
import io.campanile.application.trigger.BroadcastOptions;
import io.campanile.application.trigger.TriggerEnvelope;
import io.campanile.domain.access.Role;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.Canary;
import io.campanile.v1.TriggerAudienceRequest;
import io.campanile.v1.TriggerAudienceResponse;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

class AudienceTriggerTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @AutoClose private final GrpcWorld world = new GrpcWorld();
    private final TriggerServiceGrpc.TriggerServiceBlockingStub triggers =
            world.stub(TriggerServiceGrpc::newBlockingStub, Role.TRIGGER);

    private static TriggerAudienceRequest.Builder request() {
        return TriggerAudienceRequest.newBuilder()
                .setCampaign(RECEIPT)
                .setRequestId("once")
                .setContextJson("{\"percent\": 20}")
                .putMetadata("shop", "north");
    }

    private TriggerAudienceResponse answer(AudienceTriggerResult result) {
        world.audienceTriggers = (_, _) -> result;
        return triggers.triggerAudience(request().build());
    }

    private StatusRuntimeException error(AudienceTriggerResult result) {
        return refusal(() -> answer(result));
    }

    @Test
    void handsOnWhatWasAsked() {
        var asked = new AtomicReference<AudienceTriggerCommand>();
        var id = new ExecutionId(UUID.randomUUID());
        world.audienceTriggers =
                (command, by) -> {
                    asked.set(command);
                    assertThat(by.toString()).startsWith("workspaces/default/apiKeys/");
                    return new AudienceTriggerResult.Started(id, true, NOON);
                };

        TriggerAudienceResponse answer = triggers.triggerAudience(request().build());

        TriggerEnvelope envelope = asked.get().envelope();
        assertThat(envelope.campaign().toString()).isEqualTo(RECEIPT);
        assertThat(envelope.requestId()).isEqualTo("once");
        assertThat(envelope.metadata()).isEqualTo(Map.of("shop", "north"));
        BroadcastOptions options = asked.get().options();
        assertThat(options.context()).containsOnlyKeys("percent");
        assertThat(options.rate()).isEqualTo(WriteRate.UNLIMITED);
        assertThat(options.canary()).isNull();
        assertThat(answer.getExecution()).isEqualTo(OWN + "/executions/" + id);
        assertThat(answer.getDuplicate()).isTrue();
        assertThat(answer.getCreateTime().getSeconds()).isEqualTo(NOON.getEpochSecond());
    }

    @Test
    void fillsInWhatIsNotSaidOfACanary() {
        var options = new ArrayList<BroadcastOptions>();
        world.audienceTriggers =
                (command, _) -> {
                    options.add(command.options());
                    return new AudienceTriggerResult.Validated(1);
                };
        var all =
                Canary.newBuilder()
                        .setSampleSize(10_000)
                        .setMaxFailedPercent(0)
                        .setMaxBouncedPercent(0.3)
                        .setMaxUnknownPercent(100)
                        .setMaxComplainedPercent(0.1)
                        .setSettleTimeout(Duration.getDefaultInstance())
                        .setObserveDuration(Duration.newBuilder().setSeconds(604_800));

        var _ =
                triggers.triggerAudience(
                        request()
                                .setMessagesPerSecond(0.001)
                                .setCanary(Canary.newBuilder().setSampleSize(1))
                                .build());
        var _ = triggers.triggerAudience(request().setCanary(all).build());

        assertThat(options)
                .containsExactly(
                        new BroadcastOptions(
                                Map.of("percent", 20L),
                                new WriteRate(0.001),
                                new io.campanile.domain.broadcast.Canary(
                                        1,
                                        5,
                                        2,
                                        5,
                                        0.3,
                                        java.time.Duration.ofHours(24),
                                        java.time.Duration.ofMinutes(10))),
                        new BroadcastOptions(
                                Map.of("percent", 20L),
                                WriteRate.UNLIMITED,
                                new io.campanile.domain.broadcast.Canary(
                                        10_000,
                                        0,
                                        0.3,
                                        100,
                                        0.1,
                                        java.time.Duration.ZERO,
                                        java.time.Duration.ofDays(7))));
    }

    @Test
    void answersHowManyThereAreWhenItOnlyValidates() {
        assertThat(answer(new AudienceTriggerResult.Validated(17)).getMemberCount()).isEqualTo(17);
    }

    @Test
    void saysWhyThereIsNobodyToSendTo() {
        var readers = new AudienceName(WorkspaceId.DEFAULT, "readers");

        var unnamed = error(new AudienceTriggerResult.AudienceMissing(null));
        var gone = error(new AudienceTriggerResult.AudienceMissing(readers));
        var transactional = error(new AudienceTriggerResult.Transactional());

        assertThat(List.of(unnamed, gone, transactional))
                .extracting(error -> error.getStatus().getCode())
                .containsOnly(Code.FAILED_PRECONDITION);
        assertThat(reason(unnamed)).isEqualTo("AUDIENCE_MISSING");
        assertThat(gone.getStatus().getDescription()).contains("not exist any more");
        assertThat(reason(transactional)).isEqualTo("CAMPAIGN_TRANSACTIONAL");
    }
}
