package io.campanile.grpc.campaign;

import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;

import io.campanile.application.campaign.CampaignEdit;
import io.campanile.application.campaign.CampaignResult;
import io.campanile.application.campaign.ChangeCampaignState;
import io.campanile.application.campaign.ManageCampaigns;
import io.campanile.application.campaign.PauseResult;
import io.campanile.application.campaign.ReviewCampaign;
import io.campanile.application.eligibility.ReviewReach;
import io.campanile.application.store.NodeClock;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.content.Finding;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.call.Unary;
import io.campanile.grpc.resource.Categories;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.FieldMasks;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.*;
import io.grpc.stub.StreamObserver;

import java.util.List;
import java.util.function.Supplier;

/// `CampaignService`.
public final class CampaignGrpcService extends CampaignServiceGrpc.CampaignServiceImplBase {
    private final ManageCampaigns campaigns;
    private final ChangeCampaignState states;
    private final ReviewCampaign reviews;
    private final ReviewReach reach;
    private final RevisionCalls revisions;
    private final CampaignProtos protos;

    public CampaignGrpcService(UseCases useCases, NodeClock clock) {
        this.campaigns = useCases.campaigns();
        this.states = useCases.states();
        this.reviews = useCases.reviews();
        this.reach = useCases.reach();
        this.revisions = new RevisionCalls(useCases.campaigns());
        this.protos = new CampaignProtos(clock);
    }

    /// What it calls.
    public record UseCases(
            ManageCampaigns campaigns,
            ChangeCampaignState states,
            ReviewCampaign reviews,
            ReviewReach reach) {}

    @Override
    public void createCampaign(CreateCampaignRequest request, StreamObserver<Campaign> observer) {
        change(observer, () -> create(request));
    }

    private CampaignResult create(CreateCampaignRequest request) {
        CampaignDefinition draft = request.getCampaign().getDraft();
        CampaignName name =
                new CampaignName(Names.workspace(request.getParent()), request.getCampaignId());
        CampaignRules.requireNew(draft);
        return campaigns.create(
                name,
                Categories.category(draft.getCategory()),
                CampaignProtos.properties(draft),
                DefinitionProtos.definition(name.workspace(), draft),
                Edits.call(request, "", request.getValidateOnly()));
    }

    @Override
    public void getCampaign(GetCampaignRequest request, StreamObserver<Campaign> observer) {
        Unary.respond(
                observer,
                () ->
                        campaigns
                                .get(Names.campaign(request.getName()))
                                .map(protos::campaign)
                                .orElseThrow(() -> GrpcErrors.notFound(request.getName())));
    }

    @Override
    public void listCampaigns(
            ListCampaignsRequest request, StreamObserver<ListCampaignsResponse> observer) {
        Unary.respond(observer, () -> list(request));
    }

    private ListCampaignsResponse list(ListCampaignsRequest request) {
        Pages.Cut<Campaign> page =
                Pages.fitting(
                        campaigns.list(
                                Names.workspace(request.getParent()), Pages.request(request)),
                        protos::overview);
        return ListCampaignsResponse.newBuilder()
                .addAllCampaigns(page.entries())
                .setNextPageToken(page.nextPageToken())
                .build();
    }

    @Override
    public void updateCampaign(UpdateCampaignRequest request, StreamObserver<Campaign> observer) {
        change(observer, () -> update(request));
    }

    private CampaignResult update(UpdateCampaignRequest request) {
        Campaign source = request.getCampaign();
        CampaignName name = Names.campaign("campaign.name", source.getName());
        FieldMask paths =
                FieldMasks.paths(request.getUpdateMask(), request.hasUpdateMask(), source);
        io.campanile.domain.campaign.Campaign known =
                campaigns.get(name).orElseThrow(() -> GrpcErrors.notFound(name.toString()));
        CampaignRules.requireSameCategory(paths, source, known);
        return campaigns.update(
                name,
                edit -> edited(known, paths, source, edit),
                Edits.call(source.getEtag(), request.getValidateOnly()));
    }

    /// Without a draft only what belongs to the campaign as a whole can change; whatever else is
    /// asked for makes a definition, which the campaign then refuses.
    private static CampaignEdit edited(
            io.campanile.domain.campaign.Campaign known,
            FieldMask paths,
            Campaign source,
            CampaignEdit edit) {
        WorkspaceId workspace = known.name().workspace();
        Campaign merged =
                FieldMasks.merge(
                        paths,
                        source,
                        CampaignProtos.editable(workspace, known.header().category(), edit));
        CampaignRules.requireWhole(merged.getDraft());
        boolean definitionStays = edit.draft() == null && CampaignRules.onlyProperties(paths);
        return new CampaignEdit(
                CampaignProtos.properties(merged.getDraft()),
                definitionStays ? null : DefinitionProtos.definition(workspace, merged.getDraft()));
    }

    @Override
    public void deleteCampaign(DeleteCampaignRequest request, StreamObserver<Empty> observer) {
        Unary.respond(
                observer,
                () -> {
                    CampaignResult result =
                            campaigns.delete(
                                    Names.campaign(request.getName()),
                                    Edits.call(request.getEtag(), request.getValidateOnly()));
                    var _ = done(result);
                    return Empty.getDefaultInstance();
                });
    }

    @Override
    public void reviewCampaign(
            ReviewCampaignRequest request, StreamObserver<ReviewCampaignResponse> observer) {
        Unary.respond(
                observer,
                () -> {
                    List<Finding> findings =
                            reach.review(Names.campaign(request.getName()))
                                    .orElseThrow(() -> GrpcErrors.notFound(request.getName()));
                    return ReviewProtos.review(findings);
                });
    }

    @Override
    public void activateCampaign(
            ActivateCampaignRequest request, StreamObserver<Campaign> observer) {
        change(
                observer,
                () ->
                        states.activate(
                                Names.campaign(request.getName()),
                                Edits.call(request, request.getEtag(), request.getValidateOnly())));
    }

    @Override
    public void pauseCampaign(
            PauseCampaignRequest request, StreamObserver<PauseCampaignResponse> observer) {
        Unary.respond(
                observer,
                () ->
                        paused(
                                states.pause(
                                        Names.campaign(request.getName()),
                                        CampaignProtos.pauseMode(request.getMode()),
                                        Edits.call(request.getEtag(), request.getValidateOnly()))));
    }

    private PauseCampaignResponse paused(PauseResult result) {
        return switch (result) {
            case PauseResult.Paused paused -> protos.paused(paused);
            case PauseResult.NotPaused(var why) -> throw CampaignErrors.error(why);
        };
    }

    @Override
    public void resumeCampaign(ResumeCampaignRequest request, StreamObserver<Campaign> observer) {
        change(
                observer,
                () ->
                        states.resume(
                                Names.campaign(request.getName()),
                                Edits.call(request.getEtag(), request.getValidateOnly())));
    }

    @Override
    public void stopCampaign(
            StopCampaignRequest request, StreamObserver<StopCampaignResponse> observer) {
        Unary.respond(
                observer,
                () ->
                        protos.stopped(
                                done(
                                        states.stop(
                                                Names.campaign(request.getName()),
                                                Edits.call("", request.getValidateOnly())))));
    }

    @Override
    public void rollbackCampaign(
            RollbackCampaignRequest request, StreamObserver<Campaign> observer) {
        change(
                observer,
                () ->
                        states.rollBack(
                                Names.campaign(request.getName()),
                                CampaignRules.revisionOf(request),
                                Edits.call(request, request.getEtag(), request.getValidateOnly())));
    }

    @Override
    public void duplicateCampaign(
            DuplicateCampaignRequest request, StreamObserver<Campaign> observer) {
        CampaignName name = Names.campaign(request.getName());
        change(
                observer,
                () ->
                        campaigns.duplicate(
                                name,
                                new CampaignName(name.workspace(), request.getCampaignId()),
                                request.getDisplayName(),
                                Edits.call(request, "", request.getValidateOnly())));
    }

    @Override
    public void archiveCampaign(ArchiveCampaignRequest request, StreamObserver<Campaign> observer) {
        change(
                observer,
                () ->
                        states.archive(
                                Names.campaign(request.getName()),
                                Edits.call(request.getEtag(), request.getValidateOnly())));
    }

    @Override
    public void createDraft(CreateDraftRequest request, StreamObserver<Campaign> observer) {
        change(
                observer,
                () ->
                        campaigns.createDraft(
                                Names.campaign(request.getName()),
                                Edits.call(request.getEtag(), request.getValidateOnly())));
    }

    @Override
    public void discardDraft(DiscardDraftRequest request, StreamObserver<Campaign> observer) {
        change(
                observer,
                () ->
                        campaigns.discardDraft(
                                Names.campaign(request.getName()),
                                Edits.call(request.getEtag(), request.getValidateOnly())));
    }

    @Override
    public void listCampaignRevisions(
            ListCampaignRevisionsRequest request,
            StreamObserver<ListCampaignRevisionsResponse> observer) {
        Unary.respond(observer, () -> revisions.list(request));
    }

    @Override
    public void getCampaignRevision(
            GetCampaignRevisionRequest request, StreamObserver<CampaignRevision> observer) {
        Unary.respond(observer, () -> revisions.get(request));
    }

    @Override
    public void getCampaignContract(
            GetCampaignContractRequest request, StreamObserver<CampaignContract> observer) {
        Unary.respond(observer, () -> contract(request));
    }

    private CampaignContract contract(GetCampaignContractRequest request) {
        CampaignName name = Names.campaign(request.getName());
        return switch (reviews.contract(name, request.getDraft())) {
            case ReviewCampaign.ContractResult.NotFound _ ->
                    throw GrpcErrors.notFound(name.toString());
            case ReviewCampaign.ContractResult.Invalid(var findings) ->
                    throw CampaignErrors.reviewHasErrors(name, findings);
            case ReviewCampaign.ContractResult.DraftMissing _ ->
                    throw CampaignErrors.draftMissing(name);
            case ReviewCampaign.ContractResult.Found found -> ContractProtos.contract(found);
        };
    }

    private void change(StreamObserver<Campaign> observer, Supplier<CampaignResult> change) {
        Unary.respond(observer, () -> protos.campaign(done(change.get())));
    }

    private static io.campanile.domain.campaign.Campaign done(CampaignResult result) {
        return switch (result) {
            case CampaignResult.Done(var campaign) -> campaign;
            case CampaignResult.NotDone why -> throw CampaignErrors.error(why);
        };
    }
}
