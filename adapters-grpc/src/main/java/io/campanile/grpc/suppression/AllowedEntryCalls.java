package io.campanile.grpc.suppression;

import com.google.protobuf.Empty;

import io.campanile.application.query.Page;
import io.campanile.application.suppression.AllowedEntryResult;
import io.campanile.application.suppression.ImportAllowedEntries;
import io.campanile.application.suppression.ManageAllowedEntries;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Callers;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.CreateAllowedEntryRequest;
import io.campanile.v1.DeleteAllowedEntryRequest;
import io.campanile.v1.ExportAllowedEntriesRequest;
import io.campanile.v1.ExportAllowedEntriesResponse;
import io.campanile.v1.ImportAllowedEntriesRequest;
import io.campanile.v1.ImportAllowedEntriesResponse;
import io.campanile.v1.ListAllowedEntriesRequest;
import io.campanile.v1.ListAllowedEntriesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import java.time.InstantSource;

/// The calls of `SuppressionService` about the allowed list.
final class AllowedEntryCalls {
    private final ManageAllowedEntries entries;
    private final ImportAllowedEntries imports;
    private final InstantSource clock;
    private final Drain drain;
    private final ImportLimits limits;

    AllowedEntryCalls(
            ManageAllowedEntries entries,
            ImportAllowedEntries imports,
            InstantSource clock,
            Drain drain,
            ImportLimits limits) {
        this.entries = entries;
        this.imports = imports;
        this.clock = clock;
        this.drain = drain;
        this.limits = limits;
    }

    io.campanile.v1.AllowedEntry create(CreateAllowedEntryRequest request) {
        AllowedEntryResult result =
                entries.create(
                        Names.workspace(request.getParent()),
                        AllowedEntryProtos.entry(request.getAllowedEntry()),
                        Edits.call(request, "", request.getValidateOnly()));
        return proto(done(result));
    }

    io.campanile.v1.AllowedEntry get(String name) {
        return entries.get(Names.workspace(name), Names.allowedEntry(name))
                .map(AllowedEntryCalls::proto)
                .orElseThrow(() -> GrpcErrors.notFound(name));
    }

    ListAllowedEntriesResponse list(ListAllowedEntriesRequest request) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        var asked = Pages.request(request);
        Page.Found<AllowedEntry> page = Pages.found(entries.list(workspace, asked));
        var response =
                ListAllowedEntriesResponse.newBuilder().setNextPageToken(page.nextPageToken());
        page.entries().forEach(entry -> response.addAllowedEntries(proto(entry)));
        return response.build();
    }

    Empty delete(DeleteAllowedEntryRequest request) {
        String name = request.getName();
        AllowedEntryResult result =
                entries.delete(
                        Names.workspace(name),
                        Names.allowedEntry(name),
                        Edits.call("", request.getValidateOnly()));
        var _ = done(result);
        return Empty.getDefaultInstance();
    }

    private static AllowedEntry done(AllowedEntryResult result) {
        return switch (result) {
            case AllowedEntryResult.Done(var entry) -> entry;
            case AllowedEntryResult.NotDone why -> throw SuppressionErrors.error(why);
        };
    }

    StreamObserver<ImportAllowedEntriesRequest> importAll(
            ServerCallStreamObserver<ImportAllowedEntriesResponse> call) {
        var started =
                new ListImport<>(
                        AllowedEntryImport.of(imports), Callers.session(), drain, limits, call);
        started.start();
        return started;
    }

    void exportAll(
            ExportAllowedEntriesRequest request,
            ServerCallStreamObserver<ExportAllowedEntriesResponse> call) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        new AllowedEntryExport(entries, workspace, clock, Callers.session(), drain, call).start();
    }

    private static io.campanile.v1.AllowedEntry proto(AllowedEntry entry) {
        return AllowedEntryProtos.proto(entry, Callers.mayIdentify());
    }
}
