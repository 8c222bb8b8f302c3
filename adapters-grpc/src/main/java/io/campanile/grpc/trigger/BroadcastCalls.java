package io.campanile.grpc.trigger;

import io.campanile.application.broadcast.PauseExecution;
import io.campanile.application.message.port.ExecutionView;
import io.campanile.application.trigger.AudienceTriggerCommand;
import io.campanile.application.trigger.AudienceTriggerResult;
import io.campanile.application.trigger.BroadcastOptions;
import io.campanile.application.trigger.CallerPatience;
import io.campanile.application.trigger.TriggerEnvelope;
import io.campanile.domain.broadcast.WriteRate;
import io.campanile.domain.execution.ExecutionState;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Callers;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.payload.Allowance;
import io.campanile.grpc.resource.CampaignProblems;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.Execution;
import io.campanile.v1.PauseExecutionRequest;
import io.campanile.v1.PauseExecutionResponse;
import io.campanile.v1.ResumeExecutionRequest;
import io.campanile.v1.TriggerAudienceRequest;
import io.campanile.v1.TriggerAudienceResponse;
import io.grpc.StatusRuntimeException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Executions for an audience between protobuf and the application.
final class BroadcastCalls {
    private final AudienceTriggers triggers;
    private final PauseExecution pauses;
    private final InstantSource clock;

    BroadcastCalls(AudienceTriggers triggers, PauseExecution pauses, InstantSource clock) {
        this.triggers = triggers;
        this.pauses = pauses;
        this.clock = clock;
    }

    TriggerAudienceResponse trigger(TriggerAudienceRequest request, @Nullable Instant deadline) {
        List<FieldProblem> problems = new ArrayList<>();
        TriggerProtos.checkTime(
                "schedule_time", request.hasScheduleTime(), request.getScheduleTime(), problems);
        TriggerProtos.checkTime(
                "expire_time", request.hasExpireTime(), request.getExpireTime(), problems);
        TriggerProtos.checkSize(request.getMetadataMap(), problems);
        Map<String, Object> context = context(request, problems);
        if (!problems.isEmpty()) {
            throw GrpcErrors.fieldViolations(problems);
        }
        var command =
                new AudienceTriggerCommand(
                        envelope(request),
                        new BroadcastOptions(
                                context,
                                new WriteRate(request.getMessagesPerSecond()),
                                request.hasCanary()
                                        ? CanaryProtos.canary(request.getCanary())
                                        : null),
                        request.getValidateOnly(),
                        CallerPatience.until(deadline));
        return response(command.envelope(), triggers.trigger(command, Callers.current().actor()));
    }

    private static Map<String, Object> context(
            TriggerAudienceRequest request, List<FieldProblem> problems) {
        Allowance allowance = Payloads.allowance();
        List<FieldViolation> violations = new ArrayList<>();
        Map<String, Object> context =
                switch (request.getContextSourceCase()) {
                    case CONTEXT -> Payloads.context(request.getContext(), allowance, violations);
                    case CONTEXT_JSON ->
                            Payloads.contextJson(request.getContextJson(), allowance, violations);
                    case CONTEXTSOURCE_NOT_SET -> Map.of();
                };
        violations.forEach(violation -> problems.add(FieldProblem.of(violation)));
        return context;
    }

    private static TriggerEnvelope envelope(TriggerAudienceRequest request) {
        return new TriggerEnvelope(
                Names.campaign(request.getCampaign()),
                request.getRequestId(),
                request.getMetadataMap(),
                request.hasScheduleTime() ? TriggerProtos.time(request.getScheduleTime()) : null,
                request.hasExpireTime() ? TriggerProtos.time(request.getExpireTime()) : null);
    }

    private static TriggerAudienceResponse response(
            TriggerEnvelope envelope, AudienceTriggerResult result) {
        String campaign = envelope.campaign().toString();
        return switch (result) {
            case AudienceTriggerResult.Started(var execution, var duplicate, var createTime) ->
                    TriggerAudienceResponse.newBuilder()
                            .setExecution(Names.of(envelope.campaign().workspace(), execution))
                            .setRequestId(envelope.requestId())
                            .setDuplicate(duplicate)
                            .setCreateTime(Times.timestamp(createTime))
                            .build();
            case AudienceTriggerResult.Validated(var members) ->
                    TriggerAudienceResponse.newBuilder()
                            .setRequestId(envelope.requestId())
                            .setMemberCount(members)
                            .build();
            case AudienceTriggerResult.Transactional() ->
                    throw CampaignProblems.transactional(envelope.campaign());
            case AudienceTriggerResult.AudienceMissing(var audience) ->
                    throw GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_AUDIENCE_MISSING,
                            audience == null
                                    ? "the campaign names no audience"
                                    : "the campaign's audience does not exist any more",
                            audience == null
                                    ? Map.of("campaign", campaign)
                                    : Map.of(
                                            "campaign", campaign, "audience", audience.toString()));
            case AudienceTriggerResult.Refused(var why) -> throw TriggerErrors.error(envelope, why);
        };
    }

    PauseExecutionResponse pause(PauseExecutionRequest request) {
        String name = request.getName();
        WorkspaceId workspace = Names.workspace(name);
        PauseExecution.PauseResult result =
                pauses.pause(
                                workspace,
                                Names.execution(name),
                                Callers.current().actor(),
                                request.getValidateOnly())
                        .orElseThrow(() -> GrpcErrors.notFound(name));
        return switch (result) {
            case PauseExecution.Paused(var execution, var counts) ->
                    PauseExecutionResponse.newBuilder()
                            .setExecution(proto(workspace, execution))
                            .setHeldCount(counts.held())
                            .setInHandOverCount(counts.inHandOver())
                            .build();
            case PauseExecution.Refused(var execution) -> throw refused(workspace, execution);
        };
    }

    Execution resume(ResumeExecutionRequest request) {
        String name = request.getName();
        WorkspaceId workspace = Names.workspace(name);
        PauseExecution.ResumeResult result =
                pauses.resume(
                                workspace,
                                Names.execution(name),
                                Callers.current().actor(),
                                request.getValidateOnly())
                        .orElseThrow(() -> GrpcErrors.notFound(name));
        return switch (result) {
            case PauseExecution.Resumed(var execution) -> proto(workspace, execution);
            case PauseExecution.Refused(var execution) -> throw refused(workspace, execution);
        };
    }

    private Execution proto(WorkspaceId workspace, ExecutionView execution) {
        return ExecutionProtos.execution(workspace, execution, clock.instant());
    }

    private StatusRuntimeException refused(WorkspaceId workspace, ExecutionView execution) {
        ExecutionState state = execution.state(clock.instant());
        return GrpcErrors.failedPrecondition(
                ErrorReason.ERROR_REASON_EXECUTION_STATE_CONFLICT,
                execution.broadcast() == null
                        ? "only executions for an audience are paused and resumed; cancel this one"
                                + " by CancelExecution, or pause its campaign by PauseCampaign"
                        : "the execution is " + state + "; " + advice(state),
                Map.of("execution", Names.of(workspace, execution.id()), "state", state.name()));
    }

    private static String advice(ExecutionState state) {
        return switch (state) {
            case SCHEDULED, RUNNING, PAUSED, HALTED -> "look at it anew and decide again";
            case SUCCEEDED, FAILED, CANCELLED -> "there is nothing left to pause or resume";
        };
    }
}
