package io.campanile.grpc.suppression;

import com.google.protobuf.Empty;

import io.campanile.application.query.Page;
import io.campanile.application.share.CallPermits;
import io.campanile.application.suppression.ImportAllowedEntries;
import io.campanile.application.suppression.ImportSuppressions;
import io.campanile.application.suppression.ManageAllowedEntries;
import io.campanile.application.suppression.ManageSuppressions;
import io.campanile.application.suppression.SuppressionResult;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Callers;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.call.Unary;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.CreateAllowedEntryRequest;
import io.campanile.v1.CreateSuppressionRequest;
import io.campanile.v1.DeleteAllowedEntryRequest;
import io.campanile.v1.DeleteSuppressionRequest;
import io.campanile.v1.ExportAllowedEntriesRequest;
import io.campanile.v1.ExportAllowedEntriesResponse;
import io.campanile.v1.ExportSuppressionsRequest;
import io.campanile.v1.ExportSuppressionsResponse;
import io.campanile.v1.GetAllowedEntryRequest;
import io.campanile.v1.GetSuppressionRequest;
import io.campanile.v1.ImportAllowedEntriesRequest;
import io.campanile.v1.ImportAllowedEntriesResponse;
import io.campanile.v1.ImportSuppressionsRequest;
import io.campanile.v1.ImportSuppressionsResponse;
import io.campanile.v1.ListAllowedEntriesRequest;
import io.campanile.v1.ListAllowedEntriesResponse;
import io.campanile.v1.ListSuppressionsRequest;
import io.campanile.v1.ListSuppressionsResponse;
import io.campanile.v1.SuppressionServiceGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import java.time.Duration;
import java.time.InstantSource;

/// `SuppressionService`.
public final class SuppressionGrpcService
        extends SuppressionServiceGrpc.SuppressionServiceImplBase {
    private static final int MOST_IMPORTS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ManageSuppressions suppressions;
    private final ImportSuppressions imports;
    private final AllowedEntryCalls allowedEntries;
    private final InstantSource clock;
    private final Drain drain;

    /// For imports of both lists.
    private final ImportLimits limits = new ImportLimits(new CallPermits(MOST_IMPORTS), PATIENCE);

    public SuppressionGrpcService(UseCases useCases, InstantSource clock, Drain drain) {
        this.suppressions = useCases.suppressions();
        this.imports = useCases.imports();
        this.allowedEntries =
                new AllowedEntryCalls(
                        useCases.allowedEntries(), useCases.allowedImports(), clock, drain, limits);
        this.clock = clock;
        this.drain = drain;
    }

    /// What it calls.
    public record UseCases(
            ManageSuppressions suppressions,
            ImportSuppressions imports,
            ManageAllowedEntries allowedEntries,
            ImportAllowedEntries allowedImports) {}

    @Override
    public void createSuppression(
            CreateSuppressionRequest request,
            StreamObserver<io.campanile.v1.Suppression> observer) {
        Unary.respond(observer, () -> create(request));
    }

    private io.campanile.v1.Suppression create(CreateSuppressionRequest request) {
        SuppressionResult result =
                suppressions.create(
                        Names.workspace(request.getParent()),
                        SuppressionProtos.entry(request.getSuppression()),
                        Edits.call(request, "", request.getValidateOnly()));
        return proto(done(result));
    }

    @Override
    public void getSuppression(
            GetSuppressionRequest request, StreamObserver<io.campanile.v1.Suppression> observer) {
        Unary.respond(observer, () -> get(request.getName()));
    }

    private io.campanile.v1.Suppression get(String name) {
        return suppressions
                .get(Names.workspace(name), Names.suppression(name))
                .map(SuppressionGrpcService::proto)
                .orElseThrow(() -> GrpcErrors.notFound(name));
    }

    @Override
    public void listSuppressions(
            ListSuppressionsRequest request, StreamObserver<ListSuppressionsResponse> observer) {
        Unary.respond(observer, () -> list(request));
    }

    private ListSuppressionsResponse list(ListSuppressionsRequest request) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        var asked = Pages.request(request);
        Page.Found<Suppression> page = Pages.found(suppressions.list(workspace, asked));
        var response = ListSuppressionsResponse.newBuilder().setNextPageToken(page.nextPageToken());
        page.entries().forEach(entry -> response.addSuppressions(proto(entry)));
        return response.build();
    }

    @Override
    public void deleteSuppression(
            DeleteSuppressionRequest request, StreamObserver<Empty> observer) {
        Unary.respond(observer, () -> delete(request));
    }

    private Empty delete(DeleteSuppressionRequest request) {
        String name = request.getName();
        SuppressionResult result =
                suppressions.delete(
                        Names.workspace(name),
                        Names.suppression(name),
                        Edits.call("", request.getValidateOnly()));
        var _ = done(result);
        return Empty.getDefaultInstance();
    }

    @Override
    public StreamObserver<ImportSuppressionsRequest> importSuppressions(
            StreamObserver<ImportSuppressionsResponse> observer) {
        var call = (ServerCallStreamObserver<ImportSuppressionsResponse>) observer;
        var started =
                new ListImport<>(
                        SuppressionImport.of(imports), Callers.session(), drain, limits, call);
        started.start();
        return started;
    }

    @Override
    public void exportSuppressions(
            ExportSuppressionsRequest request,
            StreamObserver<ExportSuppressionsResponse> observer) {
        var call = (ServerCallStreamObserver<ExportSuppressionsResponse>) observer;
        WorkspaceId workspace = Names.workspace(request.getParent());
        new SuppressionExport(suppressions, workspace, clock, Callers.session(), drain, call)
                .start();
    }

    @Override
    public void createAllowedEntry(
            CreateAllowedEntryRequest request,
            StreamObserver<io.campanile.v1.AllowedEntry> observer) {
        Unary.respond(observer, () -> allowedEntries.create(request));
    }

    @Override
    public void getAllowedEntry(
            GetAllowedEntryRequest request, StreamObserver<io.campanile.v1.AllowedEntry> observer) {
        Unary.respond(observer, () -> allowedEntries.get(request.getName()));
    }

    @Override
    public void listAllowedEntries(
            ListAllowedEntriesRequest request,
            StreamObserver<ListAllowedEntriesResponse> observer) {
        Unary.respond(observer, () -> allowedEntries.list(request));
    }

    @Override
    public void deleteAllowedEntry(
            DeleteAllowedEntryRequest request, StreamObserver<Empty> observer) {
        Unary.respond(observer, () -> allowedEntries.delete(request));
    }

    @Override
    public StreamObserver<ImportAllowedEntriesRequest> importAllowedEntries(
            StreamObserver<ImportAllowedEntriesResponse> observer) {
        return allowedEntries.importAll(
                (ServerCallStreamObserver<ImportAllowedEntriesResponse>) observer);
    }

    @Override
    public void exportAllowedEntries(
            ExportAllowedEntriesRequest request,
            StreamObserver<ExportAllowedEntriesResponse> observer) {
        allowedEntries.exportAll(
                request, (ServerCallStreamObserver<ExportAllowedEntriesResponse>) observer);
    }

    private static io.campanile.v1.Suppression proto(Suppression suppression) {
        return SuppressionProtos.proto(suppression, Callers.mayIdentify());
    }

    private static Suppression done(SuppressionResult result) {
        return switch (result) {
            case SuppressionResult.Done(var suppression) -> suppression;
            case SuppressionResult.NotDone why -> throw SuppressionErrors.error(why);
        };
    }
}
