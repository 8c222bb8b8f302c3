package io.campanile.grpc.profile;

import io.campanile.application.consent.ConfirmConsent;
import io.campanile.application.consent.ManageConsents;
import io.campanile.application.consent.UnsubscribeLinks;
import io.campanile.application.erasure.EraseProfile;
import io.campanile.application.erasure.ErasureResult;
import io.campanile.application.erasure.ExportProfile;
import io.campanile.application.erasure.PersonExport;
import io.campanile.application.merge.MergeProfiles;
import io.campanile.application.merge.MergeResult;
import io.campanile.application.profile.ImportProfiles;
import io.campanile.application.profile.ManageProfiles;
import io.campanile.domain.profile.Profile;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Callers;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.grpc.call.Unary;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Identities;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.BatchRecordConsentsRequest;
import io.campanile.v1.BatchRecordConsentsResponse;
import io.campanile.v1.BatchUpsertProfilesRequest;
import io.campanile.v1.BatchUpsertProfilesResponse;
import io.campanile.v1.ConfirmConsentRequest;
import io.campanile.v1.EraseProfileRequest;
import io.campanile.v1.EraseProfileResponse;
import io.campanile.v1.ExportProfileRequest;
import io.campanile.v1.ExportProfileResponse;
import io.campanile.v1.GetConsentsRequest;
import io.campanile.v1.GetConsentsResponse;
import io.campanile.v1.GetProfileRequest;
import io.campanile.v1.ImportProfilesRequest;
import io.campanile.v1.ImportProfilesResponse;
import io.campanile.v1.ListConsentRecordsRequest;
import io.campanile.v1.ListConsentRecordsResponse;
import io.campanile.v1.ListProfilesRequest;
import io.campanile.v1.ListProfilesResponse;
import io.campanile.v1.LookUpProfileRequest;
import io.campanile.v1.MergeProfilesRequest;
import io.campanile.v1.ProfileServiceGrpc;
import io.campanile.v1.RecordConsentRequest;
import io.campanile.v1.UpsertProfileRequest;
import io.campanile.v1.ViolationReason;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import java.time.InstantSource;

/// `ProfileService`.
public final class ProfileGrpcService extends ProfileServiceGrpc.ProfileServiceImplBase {
    private final ManageProfiles profiles;
    private final UpsertCalls upserts;
    private final ConsentCalls consents;
    private final ImportProfiles imports;
    private final MergeProfiles merges;
    private final EraseProfile erasures;
    private final ExportProfile exports;
    private final RequestSyntax syntax;
    private final Drain drain;

    public ProfileGrpcService(
            UseCases useCases, RequestSyntax syntax, Drain drain, InstantSource clock) {
        this.profiles = useCases.profiles();
        this.upserts = new UpsertCalls(profiles);
        this.imports = useCases.imports();
        this.merges = useCases.merges();
        this.erasures = useCases.erasures();
        this.exports = useCases.exports();
        this.syntax = syntax;
        this.drain = drain;
        this.consents =
                new ConsentCalls(
                        useCases.consents(),
                        useCases.confirmations(),
                        new ConsentProtos(useCases.links(), clock));
    }

    /// What it calls.
    public record UseCases(
            ManageProfiles profiles,
            ImportProfiles imports,
            MergeProfiles merges,
            EraseProfile erasures,
            ExportProfile exports,
            ManageConsents consents,
            ConfirmConsent confirmations,
            UnsubscribeLinks links) {}

    @Override
    public void upsertProfile(
            UpsertProfileRequest request, StreamObserver<io.campanile.v1.Profile> observer) {
        Unary.respond(observer, () -> upserts.upsert(request));
    }

    @Override
    public void batchUpsertProfiles(
            BatchUpsertProfilesRequest request,
            StreamObserver<BatchUpsertProfilesResponse> observer) {
        Unary.respond(observer, () -> upserts.upsert(request));
    }

    @Override
    public StreamObserver<ImportProfilesRequest> importProfiles(
            StreamObserver<ImportProfilesResponse> observer) {
        var call = (ServerCallStreamObserver<ImportProfilesResponse>) observer;
        var stream = new ProfileImport(imports, syntax, drain, call);
        stream.start();
        return stream;
    }

    @Override
    public void getProfile(
            GetProfileRequest request, StreamObserver<io.campanile.v1.Profile> observer) {
        Unary.respond(observer, () -> get(request.getName()));
    }

    private io.campanile.v1.Profile get(String name) {
        return profiles.get(Names.workspace(name), Names.profile(name))
                .map(ProfileGrpcService::proto)
                .orElseThrow(() -> GrpcErrors.notFound(name));
    }

    @Override
    public void lookUpProfile(
            LookUpProfileRequest request, StreamObserver<io.campanile.v1.Profile> observer) {
        Unary.respond(observer, () -> lookUp(request));
    }

    private io.campanile.v1.Profile lookUp(LookUpProfileRequest request) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        return profiles.get(workspace, Identities.comparable(request.getIdentity()))
                .map(ProfileGrpcService::proto)
                .orElseThrow(() -> ProfileErrors.nobody(request.getParent()));
    }

    @Override
    public void listProfiles(
            ListProfilesRequest request, StreamObserver<ListProfilesResponse> observer) {
        Unary.respond(observer, () -> list(request));
    }

    private ListProfilesResponse list(ListProfilesRequest request) {
        var asked = Pages.request(request);
        Pages.Cut<io.campanile.v1.Profile> page =
                Pages.fitting(
                        profiles.list(Names.workspace(request.getParent()), asked),
                        ProfileGrpcService::proto);
        return ListProfilesResponse.newBuilder()
                .addAllProfiles(page.entries())
                .setNextPageToken(page.nextPageToken())
                .build();
    }

    @Override
    public void mergeProfiles(
            MergeProfilesRequest request, StreamObserver<io.campanile.v1.Profile> observer) {
        Unary.respond(observer, () -> merge(request));
    }

    private io.campanile.v1.Profile merge(MergeProfilesRequest request) {
        WorkspaceId workspace = Names.workspace(request.getName());
        if (request.getSource().equals(request.getName())) {
            throw GrpcErrors.fieldViolation(
                    "source",
                    ViolationReason.VIOLATION_REASON_SYNTAX,
                    "is the profile that is to stay");
        }
        if (!Names.workspace(request.getSource()).equals(workspace)) {
            throw GrpcErrors.notFound(request.getSource());
        }
        MergeResult result =
                merges.merge(
                        workspace,
                        Names.profile(request.getSource()),
                        Names.profile(request.getName()),
                        Edits.call("", request.getValidateOnly()));
        return switch (result) {
            case MergeResult.Merged(var profile) -> proto(profile);
            case MergeResult.NotFound(var name) -> throw GrpcErrors.notFound(name);
            case MergeResult.TooManyIdentities(var profile) -> throw ProfileErrors.tooMany(profile);
            case MergeResult.AttributesTooLarge(var profile) ->
                    throw ProfileErrors.tooLarge(profile);
        };
    }

    @Override
    public void eraseProfile(
            EraseProfileRequest request, StreamObserver<EraseProfileResponse> observer) {
        Unary.respond(observer, () -> erase(request));
    }

    private EraseProfileResponse erase(EraseProfileRequest request) {
        ErasureResult result =
                erasures.erase(
                        Names.workspace(request.getName()),
                        Names.profile(request.getName()),
                        Edits.call("", request.getValidateOnly()));
        return switch (result) {
            case ErasureResult.Erased(var cancelled) ->
                    EraseProfileResponse.newBuilder().setCancelledMessageCount(cancelled).build();
            case ErasureResult.NotFound() -> throw GrpcErrors.notFound(request.getName());
        };
    }

    @Override
    public void exportProfile(
            ExportProfileRequest request, StreamObserver<ExportProfileResponse> observer) {
        var call = (ServerCallStreamObserver<ExportProfileResponse>) observer;
        WorkspaceId workspace = Names.workspace(request.getName());
        new ProfileExport(workspace, () -> begin(request), Callers.session(), drain, call).start();
    }

    private PersonExport begin(ExportProfileRequest request) {
        String name = request.getName();
        return exports.export(Names.workspace(name), Names.profile(name), Edits.call("", false))
                .orElseThrow(() -> GrpcErrors.notFound(name));
    }

    @Override
    public void recordConsent(
            RecordConsentRequest request, StreamObserver<io.campanile.v1.ConsentRecord> observer) {
        Unary.respond(observer, () -> consents.record(request));
    }

    @Override
    public void batchRecordConsents(
            BatchRecordConsentsRequest request,
            StreamObserver<BatchRecordConsentsResponse> observer) {
        Unary.respond(observer, () -> consents.record(request));
    }

    @Override
    public void confirmConsent(
            ConfirmConsentRequest request, StreamObserver<io.campanile.v1.ConsentRecord> observer) {
        Unary.respond(observer, () -> consents.confirm(request));
    }

    @Override
    public void getConsents(
            GetConsentsRequest request, StreamObserver<GetConsentsResponse> observer) {
        Unary.respond(observer, () -> consents.current(request));
    }

    @Override
    public void listConsentRecords(
            ListConsentRecordsRequest request,
            StreamObserver<ListConsentRecordsResponse> observer) {
        Unary.respond(observer, () -> consents.list(request));
    }

    private static io.campanile.v1.Profile proto(Profile profile) {
        return ProfileProtos.proto(profile, Callers.mayIdentify());
    }
}
