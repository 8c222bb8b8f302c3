package io.campanile.grpc.audience;

import com.google.rpc.PreconditionFailure;

import io.campanile.application.audience.AudienceResult;
import io.campanile.application.audience.MembersChange;
import io.campanile.application.audience.MembersResult;
import io.campanile.application.eligibility.EstimateAudience;
import io.campanile.domain.audience.AudienceDecision;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.audience.RuleProblem;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.CampaignProblems;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.UseErrors;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.ViolationReason;
import io.grpc.StatusRuntimeException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What audiences refuse, as statuses.
final class AudienceErrors {
    private AudienceErrors() {}

    static StatusRuntimeException error(AudienceResult.NotDone result) {
        return switch (result) {
            case AudienceResult.NotFound(var name) -> GrpcErrors.notFound(name.toString());
            case AudienceResult.Exists(var name) -> GrpcErrors.alreadyExists(name.toString());
            case AudienceResult.EtagMismatch(var current) ->
                    GrpcErrors.etagMismatch(
                            current.name().toString(), Edits.etag(current.version()));
            case AudienceResult.RequestIdReused(var requestId, var resource) ->
                    GrpcErrors.requestIdReused(requestId, resource);
            case AudienceResult.RuleInvalid(var problems) -> invalid(problems);
            case AudienceResult.Refused(var name, var refusal) -> refused(name, refusal);
        };
    }

    private static StatusRuntimeException invalid(List<RuleProblem> problems) {
        return GrpcErrors.fieldViolations(
                problems.stream()
                        .map(problem ->
                                new FieldProblem(
                                        "audience.rule",
                                        ViolationReason.VIOLATION_REASON_RULE_INVALID,
                                        problem.toString()))
                        .toList());
    }

    private static StatusRuntimeException refused(
            AudienceName name, AudienceDecision.Refused refusal) {
        var reason = Enums.proto(ErrorReason.class, "ERROR_REASON_", refusal.reason());
        String text = refusal.text() + " " + refusal.whatToDo();
        Map<String, String> metadata = Map.of("audience", name.toString());
        return switch (refusal.reason()) {
            case AUDIENCE_HAS_MEMBERS, AUDIENCE_HAS_RULE ->
                    GrpcErrors.failedPrecondition(reason, text, metadata);
            case AUDIENCE_IN_USE ->
                    GrpcErrors.failedPrecondition(
                            reason, text, metadata, users(name.workspace(), refusal));
        };
    }

    private static List<PreconditionFailure.Violation> users(
            WorkspaceId workspace, AudienceDecision.Refused refusal) {
        return Stream.concat(
                        UseErrors.violations(workspace, refusal.uses()).stream(),
                        refusal.askers().stream().map(UseErrors::violation))
                .toList();
    }

    /// The change, or an exception with the error.
    static MembersChange changed(AudienceName name, MembersResult result) {
        return switch (result) {
            case MembersResult.Done(var change) -> change;
            case MembersResult.NotFound() -> throw GrpcErrors.notFound(name.toString());
            case MembersResult.Refused(var refusal) -> throw refused(name, refusal);
        };
    }

    static StatusRuntimeException error(EstimateAudience.Result.NotEstimated result) {
        return switch (result) {
            case EstimateAudience.Result.AudienceUnknown(var name) ->
                    GrpcErrors.notFound(name.toString());
            case EstimateAudience.Result.CampaignUnknown(var name) ->
                    GrpcErrors.notFound(name.toString());
            case EstimateAudience.Result.CampaignNeverActivated(var name) ->
                    CampaignProblems.neverActivated(name);
            case EstimateAudience.Result.Transactional(var name) ->
                    CampaignProblems.transactional(name);
        };
    }
}
