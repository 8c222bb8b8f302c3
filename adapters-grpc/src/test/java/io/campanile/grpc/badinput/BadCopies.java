package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.badinput.BadInput.conflicts;
import static io.campanile.grpc.badinput.BadInput.findsNothing;
import static io.campanile.grpc.badinput.BadInput.isStale;
import static io.campanile.grpc.badinput.BadInput.violates;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.TestCampaigns.RECEIPT;

import io.campanile.domain.access.Role;
import io.campanile.v1.CampaignServiceGrpc;
import io.campanile.v1.CreateDraftRequest;
import io.campanile.v1.DuplicateCampaignRequest;
import io.campanile.v1.ErrorReason;
import io.campanile.v1.GetCampaignContractRequest;
import io.campanile.v1.ReviewCampaignRequest;
import io.grpc.Status.Code;

import java.util.List;

/// Bad calls that copy a campaign's definition or look into it.
final class BadCopies {
    private static final String UNKNOWN = OWN + "/campaigns/nobody";
    private static final String FOREIGN = "workspaces/other/campaigns/receipt";

    private BadCopies() {}

    static void add(List<BadInput> cases) {
        duplicates(cases);
        drafts(cases);
        reviews(cases);
        contracts(cases);
    }

    private static void duplicates(List<BadInput> cases) {
        var duplicate = CampaignServiceGrpc.getDuplicateCampaignMethod();
        violates(
                cases,
                "duplicate: bad id",
                Role.AUTHOR,
                duplicate,
                copy(RECEIPT).setCampaignId("copy/of/receipt"),
                "campaign_id");
        violates(
                cases,
                "duplicate: a line break in the name",
                Role.AUTHOR,
                duplicate,
                copy(RECEIPT).setDisplayName("a\nb"),
                "display_name");
        violates(
                cases,
                "duplicate: a request id beyond ASCII",
                Role.AUTHOR,
                duplicate,
                copy(RECEIPT).setRequestId("\u00fc"),
                "request_id");
        findsNothing(cases, "duplicate: unknown", Role.AUTHOR, duplicate, copy(UNKNOWN));
        findsNothing(
                cases, "duplicate: of another workspace", Role.AUTHOR, duplicate, copy(FOREIGN));
        cases.add(
                badInput(
                        "duplicate: taken",
                        Role.AUTHOR,
                        duplicate,
                        copy(RECEIPT).setCampaignId("stopped"),
                        Code.ALREADY_EXISTS,
                        ErrorReason.ERROR_REASON_RESOURCE_EXISTS,
                        ""));
        cases.add(
                badInput(
                        "duplicate: would be taken",
                        Role.AUTHOR,
                        duplicate,
                        copy(RECEIPT).setCampaignId("receipt").setValidateOnly(true),
                        Code.ALREADY_EXISTS,
                        ErrorReason.ERROR_REASON_RESOURCE_EXISTS,
                        ""));
    }

    private static DuplicateCampaignRequest.Builder copy(String name) {
        return DuplicateCampaignRequest.newBuilder().setName(name).setCampaignId("copy");
    }

    private static void drafts(List<BadInput> cases) {
        var create = CampaignServiceGrpc.getCreateDraftMethod();
        isStale(
                cases,
                "draft: old etag",
                Role.AUTHOR,
                create,
                CreateDraftRequest.newBuilder().setName(RECEIPT).setEtag("\"0\""));
        isStale(
                cases,
                "draft: an etag that is none",
                Role.AUTHOR,
                create,
                CreateDraftRequest.newBuilder().setName(RECEIPT).setEtag("latest"));
        findsNothing(
                cases,
                "draft: unknown",
                Role.AUTHOR,
                create,
                CreateDraftRequest.newBuilder().setName(UNKNOWN));
        conflicts(
                cases,
                "draft: there is one",
                Role.AUTHOR,
                create,
                CreateDraftRequest.newBuilder().setName(BadInputStage.EDITED),
                ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT_EXISTS);
        for (String name : List.of("unfinished", "stopped")) {
            conflicts(
                    cases,
                    "draft: beside " + name,
                    Role.AUTHOR,
                    create,
                    CreateDraftRequest.newBuilder().setName(OWN + "/campaigns/" + name),
                    ErrorReason.ERROR_REASON_CAMPAIGN_STATE_CONFLICT);
        }
    }

    private static void reviews(List<BadInput> cases) {
        var review = CampaignServiceGrpc.getReviewCampaignMethod();
        violates(
                cases,
                "review: a revision",
                Role.VIEWER,
                review,
                ReviewCampaignRequest.newBuilder().setName(RECEIPT + "/revisions/1"),
                "name");
        findsNothing(
                cases,
                "review: unknown",
                Role.VIEWER,
                review,
                ReviewCampaignRequest.newBuilder().setName(UNKNOWN));
        findsNothing(
                cases,
                "review: of another workspace",
                Role.VIEWER,
                review,
                ReviewCampaignRequest.newBuilder().setName(FOREIGN));
    }

    private static void contracts(List<BadInput> cases) {
        var contract = CampaignServiceGrpc.getGetCampaignContractMethod();
        violates(
                cases,
                "contract: no name",
                Role.TRIGGER,
                contract,
                GetCampaignContractRequest.newBuilder(),
                "name REQUIRED");
        findsNothing(
                cases,
                "contract: unknown",
                Role.TRIGGER,
                contract,
                GetCampaignContractRequest.newBuilder().setName(UNKNOWN));
        conflicts(
                cases,
                "contract: of content that does not compile",
                Role.TRIGGER,
                contract,
                GetCampaignContractRequest.newBuilder().setName(BadInputStage.BROKEN),
                ErrorReason.ERROR_REASON_CAMPAIGN_REVIEW_FAILED);
    }
}
