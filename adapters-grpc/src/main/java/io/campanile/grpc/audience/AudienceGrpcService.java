package io.campanile.grpc.audience;

import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;

import io.campanile.application.audience.AudienceResult;
import io.campanile.application.audience.ManageAudienceMembers;
import io.campanile.application.audience.ManageAudiences;
import io.campanile.application.audience.MembersChange;
import io.campanile.application.eligibility.EstimateAudience;
import io.campanile.application.query.Page;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.profile.ProfileId;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.grpc.call.Unary;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.FieldMasks;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.AddAudienceMembersRequest;
import io.campanile.v1.AddAudienceMembersResponse;
import io.campanile.v1.AudienceServiceGrpc;
import io.campanile.v1.CreateAudienceRequest;
import io.campanile.v1.DeleteAudienceRequest;
import io.campanile.v1.EstimateAudienceRequest;
import io.campanile.v1.EstimateAudienceResponse;
import io.campanile.v1.GetAudienceRequest;
import io.campanile.v1.ImportAudienceMembersRequest;
import io.campanile.v1.ImportAudienceMembersResponse;
import io.campanile.v1.ListAudienceMembersRequest;
import io.campanile.v1.ListAudienceMembersResponse;
import io.campanile.v1.ListAudiencesRequest;
import io.campanile.v1.ListAudiencesResponse;
import io.campanile.v1.RemoveAudienceMembersRequest;
import io.campanile.v1.RemoveAudienceMembersResponse;
import io.campanile.v1.UpdateAudienceRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import java.util.function.Supplier;

/// `AudienceService`.
public final class AudienceGrpcService extends AudienceServiceGrpc.AudienceServiceImplBase {
    private final ManageAudiences audiences;
    private final ManageAudienceMembers members;
    private final EstimateAudience estimates;
    private final RequestSyntax syntax;
    private final Drain drain;

    public AudienceGrpcService(UseCases useCases, RequestSyntax syntax, Drain drain) {
        this.audiences = useCases.audiences();
        this.members = useCases.members();
        this.estimates = useCases.estimates();
        this.syntax = syntax;
        this.drain = drain;
    }

    /// What it calls.
    public record UseCases(
            ManageAudiences audiences, ManageAudienceMembers members, EstimateAudience estimates) {}

    @Override
    public void createAudience(
            CreateAudienceRequest request, StreamObserver<io.campanile.v1.Audience> observer) {
        change(observer, () -> create(request));
    }

    private AudienceResult create(CreateAudienceRequest request) {
        return audiences.create(
                new AudienceName(Names.workspace(request.getParent()), request.getAudienceId()),
                AudienceProtos.definition(request.getAudience()),
                Edits.call(request, "", request.getValidateOnly()));
    }

    @Override
    public void getAudience(
            GetAudienceRequest request, StreamObserver<io.campanile.v1.Audience> observer) {
        Unary.respond(observer, () -> get(request.getName()));
    }

    private io.campanile.v1.Audience get(String name) {
        return audiences
                .get(Names.audience(name))
                .map(AudienceProtos::proto)
                .orElseThrow(() -> GrpcErrors.notFound(name));
    }

    @Override
    public void listAudiences(
            ListAudiencesRequest request, StreamObserver<ListAudiencesResponse> observer) {
        Unary.respond(observer, () -> list(request));
    }

    private ListAudiencesResponse list(ListAudiencesRequest request) {
        var asked = Pages.request(request);
        Pages.Cut<io.campanile.v1.Audience> page =
                Pages.fitting(
                        audiences.list(Names.workspace(request.getParent()), asked),
                        AudienceProtos::proto);
        return ListAudiencesResponse.newBuilder()
                .addAllAudiences(page.entries())
                .setNextPageToken(page.nextPageToken())
                .build();
    }

    @Override
    public void updateAudience(
            UpdateAudienceRequest request, StreamObserver<io.campanile.v1.Audience> observer) {
        change(observer, () -> update(request));
    }

    private AudienceResult update(UpdateAudienceRequest request) {
        io.campanile.v1.Audience source = request.getAudience();
        AudienceName name = Names.audience("audience.name", source.getName());
        FieldMask paths =
                FieldMasks.paths(request.getUpdateMask(), request.hasUpdateMask(), source);
        return audiences.update(
                name,
                known -> edited(known, paths, source),
                Edits.call(request, source.getEtag(), request.getValidateOnly()));
    }

    private static AudienceDefinition edited(
            AudienceDefinition known, FieldMask paths, io.campanile.v1.Audience source) {
        return AudienceProtos.definition(
                FieldMasks.merge(paths, source, AudienceProtos.editable(known)));
    }

    @Override
    public void deleteAudience(DeleteAudienceRequest request, StreamObserver<Empty> observer) {
        Unary.respond(observer, () -> delete(request));
    }

    private Empty delete(DeleteAudienceRequest request) {
        AudienceResult result =
                audiences.delete(
                        Names.audience(request.getName()),
                        Edits.call(request.getEtag(), request.getValidateOnly()));
        var _ = done(result);
        return Empty.getDefaultInstance();
    }

    @Override
    public void addAudienceMembers(
            AddAudienceMembersRequest request,
            StreamObserver<AddAudienceMembersResponse> observer) {
        Unary.respond(observer, () -> add(request));
    }

    private AddAudienceMembersResponse add(AddAudienceMembersRequest request) {
        AudienceName name = Names.audience(request.getName());
        var rows = MemberRows.of(name.workspace(), request.getMembersList());
        MembersChange change =
                AudienceErrors.changed(
                        name,
                        members.add(name, rows.keys(), Edits.call("", request.getValidateOnly())));
        return AddAudienceMembersResponse.newBuilder()
                .setAudience(AudienceProtos.proto(change.audience()))
                .setAddedCount(change.changed())
                .setUnchangedCount(change.unchanged())
                .addAllViolations(rows.violations(change.unknown()))
                .build();
    }

    @Override
    public void removeAudienceMembers(
            RemoveAudienceMembersRequest request,
            StreamObserver<RemoveAudienceMembersResponse> observer) {
        Unary.respond(observer, () -> remove(request));
    }

    private RemoveAudienceMembersResponse remove(RemoveAudienceMembersRequest request) {
        AudienceName name = Names.audience(request.getName());
        var rows = MemberRows.of(name.workspace(), request.getMembersList());
        MembersChange change =
                AudienceErrors.changed(
                        name,
                        members.remove(
                                name, rows.keys(), Edits.call("", request.getValidateOnly())));
        return RemoveAudienceMembersResponse.newBuilder()
                .setAudience(AudienceProtos.proto(change.audience()))
                .setRemovedCount(change.changed())
                .setUnchangedCount(change.unchanged())
                .addAllViolations(rows.violations(change.unknown()))
                .build();
    }

    @Override
    public void listAudienceMembers(
            ListAudienceMembersRequest request,
            StreamObserver<ListAudienceMembersResponse> observer) {
        Unary.respond(observer, () -> list(request));
    }

    private ListAudienceMembersResponse list(ListAudienceMembersRequest request) {
        AudienceName name = Names.audience(request.getParent());
        Page.Found<ProfileId> page =
                Pages.found(
                        members.list(name, Pages.request(request))
                                .orElseThrow(() -> GrpcErrors.notFound(request.getParent())));
        var response =
                ListAudienceMembersResponse.newBuilder().setNextPageToken(page.nextPageToken());
        page.entries()
                .forEach(profile ->
                        response.addMembersBuilder().setProfile(profile.nameIn(name.workspace())));
        return response.build();
    }

    @Override
    public void estimateAudience(
            EstimateAudienceRequest request, StreamObserver<EstimateAudienceResponse> observer) {
        Unary.respond(observer, () -> estimate(request));
    }

    private EstimateAudienceResponse estimate(EstimateAudienceRequest request) {
        AudienceName name = Names.audience(request.getName());
        CampaignName campaign =
                request.getCampaign().isEmpty() ? null : Names.campaign(request.getCampaign());
        if (campaign != null && !campaign.workspace().equals(name.workspace())) {
            throw GrpcErrors.notFound(request.getCampaign());
        }
        return switch (estimates.estimate(name, campaign)) {
            case EstimateAudience.Result.Estimated(var estimate) -> AudienceProtos.proto(estimate);
            case EstimateAudience.Result.NotEstimated why -> throw AudienceErrors.error(why);
        };
    }

    @Override
    public StreamObserver<ImportAudienceMembersRequest> importAudienceMembers(
            StreamObserver<ImportAudienceMembersResponse> observer) {
        var call = (ServerCallStreamObserver<ImportAudienceMembersResponse>) observer;
        var running = new MemberImport(members, syntax, drain, call);
        running.start();
        return running;
    }

    private static void change(
            StreamObserver<io.campanile.v1.Audience> observer, Supplier<AudienceResult> change) {
        Unary.respond(observer, () -> AudienceProtos.proto(done(change.get())));
    }

    private static Audience done(AudienceResult result) {
        return switch (result) {
            case AudienceResult.Done(var audience) -> audience;
            case AudienceResult.NotDone why -> throw AudienceErrors.error(why);
        };
    }
}
