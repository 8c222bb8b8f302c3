package io.campanile.grpc;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.call.ErrorDetails.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;

import io.campanile.application.broadcast.FanOut;
import io.campanile.application.store.NodeClock;
import io.campanile.application.trigger.AudienceTriggerResult;
import io.campanile.application.trigger.BroadcastOptions;
import io.campanile.application.trigger.TriggerCommand;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.access.Role;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryTransactions;
import io.campanile.testkit.trigger.Triggers;
import io.campanile.v1.Canary;
import io.campanile.v1.CanaryResult;
import io.campanile.v1.CancelExecutionRequest;
import io.campanile.v1.Execution;
import io.campanile.v1.ExecutionProgress;
import io.campanile.v1.GetExecutionRequest;
import io.campanile.v1.HaltCause;
import io.campanile.v1.ListExecutionsRequest;
import io.campanile.v1.PauseExecutionRequest;
import io.campanile.v1.PauseExecutionResponse;
import io.campanile.v1.ResumeExecutionRequest;
import io.campanile.v1.TriggerAudienceRequest;
import io.campanile.v1.TriggerAudienceResponse;
import io.campanile.v1.TriggerServiceGrpc;
import io.campanile.v1.WatchExecutionRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

class BroadcastGrpcServiceTest {
    private static final String OWN = "workspaces/default";
    private static final String RECEIPT = OWN + "/campaigns/receipt";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @AutoClose private final GrpcWorld world = new GrpcWorld();

    private TriggerServiceGrpc.TriggerServiceBlockingStub as(Role role) {
        return TriggerServiceGrpc.newBlockingStub(world.channel)
                .withCallCredentials(GrpcWorld.as(role));
    }

    private static TriggerAudienceRequest.Builder request() {
        return TriggerAudienceRequest.newBuilder()
                .setCampaign(RECEIPT)
                .setRequestId("once")
                .setContextJson("{\"percent\": 20}")
                .putMetadata("shop", "north");
    }

    private TriggerAudienceResponse answer(AudienceTriggerResult result) {
        world.audienceTriggers = (_, _, _) -> result;
        return as(Role.TRIGGER).triggerAudience(request().build());
    }

    private StatusRuntimeException error(AudienceTriggerResult result) {
        return refusal(() -> answer(result));
    }

    @Test
    void handsOnWhatWasAsked() {
        var asked = new AtomicReference<TriggerCommand>();
        var options = new AtomicReference<BroadcastOptions>();
        var id = new ExecutionId(UUID.randomUUID());
        world.audienceTriggers =
                (command, besides, by) -> {
                    asked.set(command);
                    options.set(besides);
                    assertThat(by.toString()).startsWith("workspaces/default/apiKeys/");
                    return new AudienceTriggerResult.Started(id, true, NOON);
                };

        TriggerAudienceResponse answer = as(Role.TRIGGER).triggerAudience(request().build());

        assertThat(asked.get().campaign().toString()).isEqualTo(RECEIPT);
        assertThat(asked.get().requestId()).isEqualTo("once");
        assertThat(asked.get().metadata()).isEqualTo(Map.of("shop", "north"));
        assertThat(options.get().context()).containsOnlyKeys("percent");
        assertThat(options.get().rate()).isEqualTo(WriteRate.UNLIMITED);
        assertThat(options.get().canary()).isNull();
        assertThat(answer.getExecution()).isEqualTo(OWN + "/executions/" + id);
        assertThat(answer.getDuplicate()).isTrue();
        assertThat(answer.getCreateTime().getSeconds()).isEqualTo(NOON.getEpochSecond());
    }

    @Test
    void fillsInWhatIsNotSaidOfACanary() {
        var options = new ArrayList<BroadcastOptions>();
        world.audienceTriggers =
                (_, besides, _) -> {
                    options.add(besides);
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
                as(Role.TRIGGER)
                        .triggerAudience(
                                request()
                                        .setMessagesPerSecond(0.001)
                                        .setCanary(Canary.newBuilder().setSampleSize(1))
                                        .build());
        var _ = as(Role.TRIGGER).triggerAudience(request().setCanary(all).build());

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

    @Test
    void pausesResumesAndCancelsWithNumbers() {
        String name = broadcast(3);
        Execution running = get(name);
        assertThat(running.getState()).isEqualTo(Execution.State.STATE_RUNNING);
        assertThat(running.getAudience()).isEqualTo(OWN + "/audiences/readers");
        assertThat(running.getCounts().getPlannedCount()).isEqualTo(3);

        PauseExecutionResponse paused = pause(name);
        assertThat(paused.getHeldCount()).isEqualTo(3);
        assertThat(paused.getInHandOverCount()).isZero();
        assertThat(paused.getExecution().getState()).isEqualTo(Execution.State.STATE_PAUSED);

        assertThat(resumed(name).getState()).isEqualTo(Execution.State.STATE_RUNNING);
        var again = refusal(() -> resumed(name));
        assertThat(reason(again)).isEqualTo("EXECUTION_STATE_CONFLICT");

        var cancelled =
                as(Role.TRIGGER)
                        .cancelExecution(CancelExecutionRequest.newBuilder().setName(name).build());
        assertThat(cancelled.getCancelledCount()).isEqualTo(3);
        assertThat(get(name).getState()).isEqualTo(Execution.State.STATE_CANCELLED);
    }

    @Test
    void countsWhatAPauseWouldHoldAndChangesNothing() {
        String name = broadcast(3);
        Execution running = get(name);
        var tried = PauseExecutionRequest.newBuilder().setName(name).setValidateOnly(true).build();

        PauseExecutionResponse wouldBe = as(Role.OPERATOR).pauseExecution(tried);
        assertThat(wouldBe.getHeldCount()).isEqualTo(3);
        assertThat(wouldBe.getInHandOverCount()).isZero();
        assertThat(wouldBe.getExecution().getState()).isEqualTo(Execution.State.STATE_RUNNING);
        assertThat(get(name).getState()).isEqualTo(running.getState());
        assertThat(reason(refusal(() -> triedResume(name))))
                .isEqualTo("EXECUTION_STATE_CONFLICT");

        pause(name);
        assertThat(as(Role.OPERATOR).pauseExecution(tried).getHeldCount()).isEqualTo(3);
        assertThat(triedResume(name).getState()).isEqualTo(Execution.State.STATE_PAUSED);
        assertThat(get(name).getState()).isEqualTo(Execution.State.STATE_PAUSED);
        assertThat(resumed(name).getState()).isEqualTo(Execution.State.STATE_RUNNING);
    }

    @Test
    void triesNoPauseWhereNothingIsLeftToHold() {
        String cancelled = broadcast(3);
        var _ =
                as(Role.TRIGGER)
                        .cancelExecution(
                                CancelExecutionRequest.newBuilder().setName(cancelled).build());
        String unitary = OWN + "/executions/" + world.stored(trigger -> trigger).id();

        for (String name : List.of(cancelled, unitary)) {
            var tried =
                    PauseExecutionRequest.newBuilder().setName(name).setValidateOnly(true).build();
            assertThat(reason(refusal(() -> as(Role.OPERATOR).pauseExecution(tried))))
                    .isEqualTo("EXECUTION_STATE_CONFLICT");
            assertThat(reason(refusal(() -> triedResume(name))))
                    .isEqualTo("EXECUTION_STATE_CONFLICT");
        }
    }

    @Test
    void showsWhyACanaryHaltedAndLetsItBeOverridden() {
        var nobodyWaits =
                new io.campanile.domain.broadcast.Canary(
                        2, 5, 2, 5, 0.3, java.time.Duration.ZERO, java.time.Duration.ZERO);
        String name = broadcast(3, trigger -> trigger.rate(1_000).canary(nobodyWaits));

        Execution halted = get(name);
        assertThat(halted.getState()).isEqualTo(Execution.State.STATE_HALTED);
        assertThat(halted.getMessagesPerSecond()).isEqualTo(1_000);
        assertThat(halted.getCanary().getSampleSize()).isEqualTo(2);
        assertThat(halted.getCanary().getMaxFailedPercent()).isEqualTo(5);
        assertThat(halted.getProgress()).isEqualTo(ExecutionProgress.getDefaultInstance());
        CanaryResult result = halted.getCanaryResult();
        assertThat(result.getState()).isEqualTo(CanaryResult.State.STATE_HALTED);
        assertThat(result.getSampleCount()).isEqualTo(2);
        assertThat(result.getTriedCount()).isZero();
        assertThat(result.hasJudgeTime()).isTrue();
        assertThat(result.getCausesList())
                .containsExactly(
                        HaltCause.newBuilder()
                                .setMeasure(HaltCause.Measure.MEASURE_NOBODY_TRIED)
                                .build());
        assertThat(halted.getCounts().getAcceptedCount()).isEqualTo(3);

        Execution resumed = resumed(name);
        assertThat(resumed.getState()).isEqualTo(Execution.State.STATE_RUNNING);
        assertThat(resumed.getCanaryResult().getState())
                .isEqualTo(CanaryResult.State.STATE_OVERRIDDEN);
        assertThat(resumed.getCanaryResult().getCausesCount()).isEqualTo(1);
    }

    @Test
    void findsBroadcastsByStateAndAudience() {
        String cancelled = broadcast(3);
        var _ =
                as(Role.TRIGGER)
                        .cancelExecution(
                                CancelExecutionRequest.newBuilder().setName(cancelled).build());
        String paused = broadcast(3);
        var _ = pause(paused);
        String running = broadcast(3);
        var _ = world.stored(trigger -> trigger);

        assertThat(listed("state = PAUSED")).containsExactly(paused);
        assertThat(listed("(state = CANCELLED OR state = RUNNING) AND audience = \"readers\""))
                .containsExactly(running, cancelled);
        assertThat(listed("audience = \"" + OWN + "/audiences/readers\""))
                .containsExactly(running, paused, cancelled);
        assertThat(listed("state = HALTED")).isEmpty();
        assertThat(listed("audience = \"writers\"")).isEmpty();
    }

    private List<String> listed(String filter) {
        var request = ListExecutionsRequest.newBuilder().setParent(OWN).setFilter(filter);
        var names = new ArrayList<String>();
        do {
            var page = as(Role.VIEWER).listExecutions(request.setPageSize(1).build());
            page.getExecutionsList().forEach(execution -> names.add(execution.getName()));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return names;
    }

    @Test
    void saysThatACanaryEndedWithoutAVerdict() {
        var patient =
                new io.campanile.domain.broadcast.Canary(
                        2, 5, 2, 5, 0.3, java.time.Duration.ofHours(1), java.time.Duration.ZERO);
        String name = broadcast(3, trigger -> trigger.canary(patient));
        assertThat(get(name).getCanaryResult())
                .isEqualTo(
                        CanaryResult.newBuilder()
                                .setState(CanaryResult.State.STATE_SETTLING)
                                .build());

        var _ =
                as(Role.TRIGGER)
                        .cancelExecution(CancelExecutionRequest.newBuilder().setName(name).build());

        assertThat(get(name).getCanaryResult().getState())
                .isEqualTo(CanaryResult.State.STATE_ENDED);
    }

    @Test
    void pausesNothingButBroadcasts() {
        String unitary = OWN + "/executions/" + world.stored(trigger -> trigger).id();

        var error =
                refusal(() ->
                                as(Role.TRIGGER)
                                        .pauseExecution(
                                                PauseExecutionRequest.newBuilder()
                                                        .setName(unitary)
                                                        .build()));

        assertThat(reason(error)).isEqualTo("EXECUTION_STATE_CONFLICT");
    }

    @Test
    void followsABroadcastThatHasNotBegun() {
        var audience = new AudienceId(UUID.randomUUID());
        NewExecution execution = world.stored(trigger -> trigger.to(audience, ""));
        String name = OWN + "/executions/" + execution.id();
        var seen = new ArrayList<Execution.State>();

        var watch =
                as(Role.VIEWER)
                        .watchExecution(WatchExecutionRequest.newBuilder().setName(name).build());
        seen.add(watch.next().getState());
        // The audience is not there: the fan-out ends at once.
        fanOut();
        watch.forEachRemaining(now -> seen.add(now.getState()));

        assertThat(seen)
                .containsExactly(Execution.State.STATE_RUNNING, Execution.State.STATE_FAILED);
    }

    private String broadcast(int members) {
        return broadcast(members, trigger -> trigger);
    }

    private String broadcast(int members, UnaryOperator<Triggers> with) {
        var audience = new AudienceId(UUID.randomUUID());
        List<List<Identity>> people = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            people.add(List.of(new Identity("crmId", "p" + i)));
        }
        world.fakes.store.addAudience(audience, people);
        NewExecution execution = world.stored(trigger -> with.apply(trigger).to(audience, ""));
        fanOut();
        return OWN + "/executions/" + execution.id();
    }

    private void fanOut() {
        new FanOut(
                        world.fakes.store.broadcasts(),
                        new InMemoryTransactions(),
                        NodeClock.believed(InstantSource.system()),
                        Runnable::run)
                .run();
    }

    private Execution get(String name) {
        return as(Role.VIEWER).getExecution(GetExecutionRequest.newBuilder().setName(name).build());
    }

    private PauseExecutionResponse pause(String name) {
        return as(Role.OPERATOR)
                .pauseExecution(PauseExecutionRequest.newBuilder().setName(name).build());
    }

    private Execution triedResume(String name) {
        return as(Role.OPERATOR)
                .resumeExecution(
                        ResumeExecutionRequest.newBuilder()
                                .setName(name)
                                .setValidateOnly(true)
                                .build());
    }

    private Execution resumed(String name) {
        return as(Role.OPERATOR)
                .resumeExecution(ResumeExecutionRequest.newBuilder().setName(name).build());
    }
}
