package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.NOT_FOUND;
import static io.campanile.grpc.badinput.BadInput.VIOLATION;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.badinput.BadInput.violates;
import static io.campanile.grpc.testing.GrpcWorld.OWN;
import static io.campanile.grpc.testing.TestCampaigns.RECEIPT;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Values;

import io.campanile.domain.access.Role;
import io.campanile.v1.*;
import io.campanile.v1.DeclaredField;
import io.grpc.Status.Code;

import java.util.Collections;
import java.util.List;

/// Bad calls on campaigns.
final class BadCampaigns {
    private BadCampaigns() {}

    static void add(List<BadInput> cases) {
        campaigns(cases);
        campaignStates(cases);
    }

    private static void campaigns(List<BadInput> cases) {
        var draft =
                CampaignDefinition.newBuilder()
                        .setDisplayName("A")
                        .setCategory(Category.CATEGORY_TRANSACTIONAL);
        cases.add(
                badInput(
                        "create: empty",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        CreateCampaignRequest.newBuilder(),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "parent REQUIRED"));
        cases.add(
                badInput(
                        "create: bad id",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("Bad Id", draft),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign_id"));
        cases.add(
                badInput(
                        "create: taken",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("receipt", draft),
                        Code.ALREADY_EXISTS,
                        ErrorReason.ERROR_REASON_RESOURCE_EXISTS,
                        ""));
        cases.add(
                badInput(
                        "create: no name",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("new", draft.clone().clearDisplayName()),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.display_name REQUIRED"));
        cases.add(
                badInput(
                        "create: no category",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("new", draft.clone().clearCategory()),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.category REQUIRED"));
        cases.add(
                badInput(
                        "create: the namespace of addresses in capital letters",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("new", draft.clone().setIdentityNamespace("Email")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.identity_namespace SYNTAX"));
        cases.add(
                badInput(
                        "create: NUL in the text",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create(
                                "new",
                                draft.clone()
                                        .setContent(
                                                CampaignContent.newBuilder()
                                                        .setEmail(
                                                                EmailContent.newBuilder()
                                                                        .setText("a\0")))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.content.email.text CHARACTER_NOT_ALLOWED"));
        cases.add(
                badInput(
                        "create: NUL in a name",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("new", draft.clone().setDescription("\0")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.description CHARACTER_NOT_ALLOWED"));
        violates(
                cases,
                "create: an example of 33 levels",
                Role.AUTHOR,
                CampaignServiceGrpc.getCreateCampaignMethod(),
                create(
                        "new",
                        draft.clone()
                                .addDeclaredFields(
                                        DeclaredField.newBuilder()
                                                .setPath("context.deep")
                                                .setExample(Values.of(BadContexts.nested(33))))),
                "campaign.draft.declared_fields OUT_OF_RANGE");
        cases.add(
                badInput(
                        "create: tag twice",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create("new", draft.clone().addTags("a").addTags("a")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.tags"));
        cases.add(
                badInput(
                        "create: configuration of another workspace",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getCreateCampaignMethod(),
                        create(
                                "new",
                                draft.clone()
                                        .setChannelConfiguration(
                                                "workspaces/other/channelConfigurations/mail")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.channel_configuration REFERENCE_NOT_FOUND"));
        cases.add(
                badInput(
                        "update: no name",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getUpdateCampaignMethod(),
                        UpdateCampaignRequest.newBuilder()
                                .setCampaign(Campaign.newBuilder().setDraft(draft)),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.name REQUIRED"));
        cases.add(
                badInput(
                        "update: unknown path",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getUpdateCampaignMethod(),
                        UpdateCampaignRequest.newBuilder()
                                .setCampaign(Campaign.newBuilder().setName(RECEIPT))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("color")),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "update_mask.paths[0] FIELD_UNKNOWN"));
        violates(
                cases,
                "update: endless name",
                Role.AUTHOR,
                CampaignServiceGrpc.getUpdateCampaignMethod(),
                UpdateCampaignRequest.newBuilder()
                        .setCampaign(
                                Campaign.newBuilder()
                                        .setName(OWN + "/campaigns/" + "x".repeat(50_000))),
                "campaign.name");
        violates(
                cases,
                "update: a hundred unknown paths",
                Role.AUTHOR,
                CampaignServiceGrpc.getUpdateCampaignMethod(),
                UpdateCampaignRequest.newBuilder()
                        .setCampaign(Campaign.newBuilder().setName(RECEIPT))
                        .setUpdateMask(
                                FieldMask.newBuilder()
                                        .addAllPaths(Collections.nCopies(100, "color"))),
                "update_mask.paths[0] FIELD_UNKNOWN");
        cases.add(
                badInput(
                        "update: old etag",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getUpdateCampaignMethod(),
                        UpdateCampaignRequest.newBuilder()
                                .setCampaign(
                                        Campaign.newBuilder()
                                                .setName(RECEIPT)
                                                .setEtag("\"0\"")
                                                .setDraft(
                                                        CampaignDefinition.newBuilder()
                                                                .setDescription("x"))),
                        Code.ABORTED,
                        ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                        ""));
        cases.add(
                badInput(
                        "update: category",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getUpdateCampaignMethod(),
                        UpdateCampaignRequest.newBuilder()
                                .setCampaign(
                                        Campaign.newBuilder()
                                                .setName(RECEIPT)
                                                .setDraft(
                                                        CampaignDefinition.newBuilder()
                                                                .setCategory(
                                                                        Category
                                                                                .CATEGORY_MARKETING))),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "campaign.draft.category FIELD_IMMUTABLE"));
        cases.add(
                badInput(
                        "campaigns: order by nothing known",
                        Role.VIEWER,
                        CampaignServiceGrpc.getListCampaignsMethod(),
                        ListCampaignsRequest.newBuilder().setParent(OWN).setOrderBy("color"),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_FILTER_INVALID,
                        "order_by"));
        cases.add(
                badInput(
                        "revisions: made-up token",
                        Role.VIEWER,
                        CampaignServiceGrpc.getListCampaignRevisionsMethod(),
                        ListCampaignRevisionsRequest.newBuilder()
                                .setParent(RECEIPT)
                                .setPageToken("x"),
                        Code.INVALID_ARGUMENT,
                        ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                        "page_token"));
        cases.add(
                badInput(
                        "revision: none of that number",
                        Role.VIEWER,
                        CampaignServiceGrpc.getGetCampaignRevisionMethod(),
                        GetCampaignRevisionRequest.newBuilder().setName(RECEIPT + "/revisions/2"),
                        Code.NOT_FOUND,
                        ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
                        ""));
    }

    private static CreateCampaignRequest.Builder create(
            String id, CampaignDefinition.Builder draft) {
        return CreateCampaignRequest.newBuilder()
                .setParent(OWN)
                .setCampaignId(id)
                .setCampaign(Campaign.newBuilder().setDraft(draft));
    }

    private static void campaignStates(List<BadInput> cases) {
        cases.add(
                badInput(
                        "delete: live",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getDeleteCampaignMethod(),
                        DeleteCampaignRequest.newBuilder().setName(RECEIPT),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_STATE_CONFLICT,
                        ""));
        cases.add(
                badInput(
                        "activate: unknown",
                        Role.APPROVER,
                        CampaignServiceGrpc.getActivateCampaignMethod(),
                        ActivateCampaignRequest.newBuilder().setName(OWN + "/campaigns/nobody"),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "activate: nothing to activate",
                        Role.APPROVER,
                        CampaignServiceGrpc.getActivateCampaignMethod(),
                        ActivateCampaignRequest.newBuilder().setName(RECEIPT),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT_MISSING,
                        ""));
        cases.add(
                badInput(
                        "pause: no mode",
                        Role.OPERATOR,
                        CampaignServiceGrpc.getPauseCampaignMethod(),
                        PauseCampaignRequest.newBuilder().setName(RECEIPT),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "mode REQUIRED"));
        cases.add(
                badInput(
                        "pause: draft",
                        Role.OPERATOR,
                        CampaignServiceGrpc.getPauseCampaignMethod(),
                        PauseCampaignRequest.newBuilder()
                                .setName(OWN + "/campaigns/unfinished")
                                .setMode(Campaign.PauseMode.PAUSE_MODE_HOLD),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_STATE_CONFLICT,
                        ""));
        cases.add(
                badInput(
                        "resume: live",
                        Role.OPERATOR,
                        CampaignServiceGrpc.getResumeCampaignMethod(),
                        ResumeCampaignRequest.newBuilder().setName(RECEIPT),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_STATE_CONFLICT,
                        ""));
        cases.add(
                badInput(
                        "stop: draft",
                        Role.OPERATOR,
                        CampaignServiceGrpc.getStopCampaignMethod(),
                        StopCampaignRequest.newBuilder().setName(OWN + "/campaigns/unfinished"),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_STATE_CONFLICT,
                        ""));
        cases.add(
                badInput(
                        "rollback: revision of another campaign",
                        Role.APPROVER,
                        CampaignServiceGrpc.getRollbackCampaignMethod(),
                        RollbackCampaignRequest.newBuilder()
                                .setName(RECEIPT)
                                .setRevision(OWN + "/campaigns/stopped/revisions/1"),
                        Code.INVALID_ARGUMENT,
                        VIOLATION,
                        "revision REFERENCE_NOT_FOUND"));
        cases.add(
                badInput(
                        "rollback: unknown revision",
                        Role.APPROVER,
                        CampaignServiceGrpc.getRollbackCampaignMethod(),
                        RollbackCampaignRequest.newBuilder()
                                .setName(RECEIPT)
                                .setRevision(RECEIPT + "/revisions/99"),
                        Code.NOT_FOUND,
                        NOT_FOUND,
                        ""));
        cases.add(
                badInput(
                        "archive: live",
                        Role.OPERATOR,
                        CampaignServiceGrpc.getArchiveCampaignMethod(),
                        ArchiveCampaignRequest.newBuilder().setName(RECEIPT),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_STATE_CONFLICT,
                        ""));
        cases.add(
                badInput(
                        "discard: no draft",
                        Role.AUTHOR,
                        CampaignServiceGrpc.getDiscardDraftMethod(),
                        DiscardDraftRequest.newBuilder().setName(RECEIPT),
                        Code.FAILED_PRECONDITION,
                        ErrorReason.ERROR_REASON_CAMPAIGN_DRAFT_MISSING,
                        ""));
    }
}
