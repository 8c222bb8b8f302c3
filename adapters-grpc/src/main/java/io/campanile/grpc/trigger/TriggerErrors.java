package io.campanile.grpc.trigger;

import io.campanile.application.trigger.TriggerEnvelope;
import io.campanile.application.trigger.TriggerResult;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.grpc.call.Failures;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.CampaignProblems;
import io.campanile.v1.ErrorReason;
import io.grpc.StatusRuntimeException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a trigger that was not taken is answered.
final class TriggerErrors {
    private TriggerErrors() {}

    static StatusRuntimeException error(TriggerEnvelope envelope, TriggerResult.NotTaken result) {
        return switch (result) {
            case TriggerResult.CampaignUnknown _ ->
                    GrpcErrors.notFound(envelope.campaign().toString());
            case TriggerResult.CampaignRefuses refuses -> refused(envelope, refuses);
            case TriggerResult.CampaignChanging _ -> GrpcErrors.campaignChanging();
            case TriggerResult.EnvelopeInvalid(var violations) ->
                    GrpcErrors.fieldViolations(problems(violations));
            case TriggerResult.AllRejected(var recipients, var violations) ->
                    GrpcErrors.badRequest(
                            ErrorReason.ERROR_REASON_ALL_RECIPIENTS_REJECTED,
                            Map.of(
                                    "campaign",
                                    envelope.campaign().toString(),
                                    "rejectedCount",
                                    Integer.toString(recipients)),
                            problems(violations));
            case TriggerResult.RequestIdReused(var execution) ->
                    GrpcErrors.triggerRequestIdReused(
                            envelope.requestId(),
                            execution.nameIn(envelope.campaign().workspace()));
            case TriggerResult.Overloaded overloaded -> overloaded(overloaded);
            case TriggerResult.Unavailable(var delay) -> GrpcErrors.databaseUnavailable(delay);
            case TriggerResult.Broken(var defect) -> Failures.of(defect);
            case TriggerResult.DeadlinePassed _ -> GrpcErrors.deadlinePassed();
            case TriggerResult.Poisoned _ ->
                    GrpcErrors.malformedRequest("the request has data that cannot be stored");
        };
    }

    private static StatusRuntimeException overloaded(TriggerResult.Overloaded overloaded) {
        return switch (overloaded.overload()) {
            case INTAKE ->
                    GrpcErrors.exhausted(
                            ErrorReason.ERROR_REASON_INTAKE_FULL,
                            "more triggers arrive than can be committed",
                            overloaded.retryDelay());
            case LOOK_UPS ->
                    GrpcErrors.exhausted(
                            ErrorReason.ERROR_REASON_LOOK_UPS_FULL,
                            "too many triggers look something up in the database",
                            overloaded.retryDelay());
            case WAITERS ->
                    GrpcErrors.exhausted(
                            ErrorReason.ERROR_REASON_TOO_MANY_WAITERS,
                            "too many calls wait for an outcome",
                            overloaded.retryDelay());
            case SHUTTING_DOWN -> GrpcErrors.shuttingDown(overloaded.retryDelay());
        };
    }

    private static StatusRuntimeException refused(
            TriggerEnvelope envelope, TriggerResult.CampaignRefuses refuses) {
        return switch (refuses.refusal()) {
            case DRAFT -> CampaignProblems.neverActivated(envelope.campaign());
            case NOT_STARTED ->
                    refused(
                            envelope,
                            ErrorReason.ERROR_REASON_CAMPAIGN_NOT_STARTED,
                            "the campaign has not started",
                            "startTime",
                            refuses.schedule().startTime());
            case PAUSED ->
                    refused(
                            envelope,
                            ErrorReason.ERROR_REASON_CAMPAIGN_PAUSED,
                            "the campaign is paused and refuses triggers");
            case STOPPED ->
                    refused(
                            envelope,
                            ErrorReason.ERROR_REASON_CAMPAIGN_STOPPED,
                            "the campaign was stopped");
            case ENDED ->
                    refused(
                            envelope,
                            ErrorReason.ERROR_REASON_CAMPAIGN_ENDED,
                            "the campaign has ended",
                            "endTime",
                            refuses.schedule().endTime());
            case ARCHIVED ->
                    refused(
                            envelope,
                            ErrorReason.ERROR_REASON_CAMPAIGN_ARCHIVED,
                            "the campaign is archived");
        };
    }

    private static StatusRuntimeException refused(
            TriggerEnvelope envelope, ErrorReason reason, String text) {
        return GrpcErrors.failedPrecondition(
                reason, text, Map.of("campaign", envelope.campaign().toString()));
    }

    private static StatusRuntimeException refused(
            TriggerEnvelope envelope,
            ErrorReason reason,
            String text,
            String key,
            @Nullable Instant time) {
        String campaign = envelope.campaign().toString();
        return GrpcErrors.failedPrecondition(
                reason,
                text,
                time == null
                        ? Map.of("campaign", campaign)
                        : Map.of("campaign", campaign, key, time.toString()));
    }

    private static List<FieldProblem> problems(List<FieldViolation> violations) {
        return violations.stream().map(FieldProblem::of).toList();
    }
}
