package io.campanile.grpc.campaign;

import com.google.rpc.PreconditionFailure;

import io.campanile.application.campaign.CampaignResult;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.content.Finding;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Names;
import io.campanile.v1.ErrorReason;
import io.grpc.StatusRuntimeException;

import java.util.List;
import java.util.Map;

/// What a refused change of a campaign is answered.
final class CampaignErrors {
    private CampaignErrors() {}

    static StatusRuntimeException error(CampaignResult.NotDone result) {
        return switch (result) {
            case CampaignResult.NotFound(var name) -> GrpcErrors.notFound(name.toString());
            case CampaignResult.RevisionNotFound(var name, var revision) ->
                    GrpcErrors.notFound(Names.revision(name, revision));
            case CampaignResult.Exists(var name) -> GrpcErrors.alreadyExists(name.toString());
            case CampaignResult.EtagMismatch(var current) ->
                    GrpcErrors.etagMismatch(
                            current.name().toString(), Edits.etag(current.version()));
            case CampaignResult.RequestIdReused(var requestId, var resource) ->
                    GrpcErrors.requestIdReused(requestId, resource);
            case CampaignResult.Refused refused -> refused(refused);
        };
    }

    private static StatusRuntimeException refused(CampaignResult.Refused refused) {
        CampaignName name = refused.campaign().name();
        String text = refused.refusal().text() + " " + refused.refusal().whatToDo();
        return switch (refused.refusal().reason()) {
            case CAMPAIGN_STATE_CONFLICT ->
                    GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_CAMPAIGN_STATE_CONFLICT,
                            text,
                            Map.of(
                                    "campaign",
                                    name.toString(),
                                    "state",
                                    refused.campaign().state().name(),
                                    "action",
                                    refused.action().name()));
            case CAMPAIGN_REVIEW_FAILED ->
                    reviewHasErrors(name, text, refused.refusal().findings());
            case CAMPAIGN_DRAFT_MISSING ->
                    GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT_MISSING,
                            text,
                            Map.of("campaign", name.toString()));
            case CAMPAIGN_DRAFT_EXISTS ->
                    GrpcErrors.failedPrecondition(
                            ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT_EXISTS,
                            text,
                            Map.of("campaign", name.toString()));
        };
    }

    /// Where somebody only looks at the draft.
    static StatusRuntimeException draftMissing(CampaignName name) {
        return GrpcErrors.failedPrecondition(
                ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT_MISSING,
                "the campaign has no draft",
                Map.of("campaign", name.toString()));
    }

    /// Where somebody only asks for the contract.
    static StatusRuntimeException reviewHasErrors(CampaignName name, List<Finding> findings) {
        return reviewHasErrors(
                name, "The content has no contract as long as its review has errors.", findings);
    }

    private static StatusRuntimeException reviewHasErrors(
            CampaignName name, String text, List<Finding> findings) {
        List<PreconditionFailure.Violation> violations =
                findings.stream()
                        .filter(Finding::isError)
                        .map(finding ->
                                PreconditionFailure.Violation.newBuilder()
                                        .setType(finding.code().name())
                                        .setSubject(ReviewProtos.field(finding.place()))
                                        .setDescription(ReviewProtos.sentences(finding))
                                        .build())
                        .toList();
        return GrpcErrors.failedPrecondition(
                ErrorReason.ERROR_REASON_CAMPAIGN_REVIEW_FAILED,
                text,
                Map.of(
                        "campaign",
                        name.toString(),
                        "errorCount",
                        Integer.toString(violations.size())),
                violations);
    }
}
