package io.campanile.grpc.suppression;

import com.google.protobuf.Empty;

import io.campanile.application.query.Page;
import io.campanile.application.suppression.AllowedEntryResult;
import io.campanile.application.suppression.ManageAllowedEntries;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Callers;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.CreateAllowedEntryRequest;
import io.campanile.v1.DeleteAllowedEntryRequest;
import io.campanile.v1.ListAllowedEntriesRequest;
import io.campanile.v1.ListAllowedEntriesResponse;

/// The calls of `SuppressionService` about the allowed list.
final class AllowedEntryCalls {
    private final ManageAllowedEntries entries;

    AllowedEntryCalls(ManageAllowedEntries entries) {
        this.entries = entries;
    }

    io.campanile.v1.AllowedEntry create(CreateAllowedEntryRequest request) {
        AllowedEntryResult result =
                entries.create(
                        Names.workspace(request.getParent()),
                        AllowedEntryProtos.target(request.getAllowedEntry()),
                        request.getAllowedEntry().getNote(),
                        Edits.call(request, "", request.getValidateOnly()));
        if (result instanceof AllowedEntryResult.Created(var entry)) {
            return proto(entry);
        }
        throw AllowedEntryProtos.error(result);
    }

    io.campanile.v1.AllowedEntry get(String name) {
        return entries.get(Names.workspace(name), Names.allowedEntry(name))
                .map(AllowedEntryCalls::proto)
                .orElseThrow(() -> GrpcErrors.notFound(name));
    }

    ListAllowedEntriesResponse list(ListAllowedEntriesRequest request) {
        WorkspaceId workspace = Names.workspace(request.getParent());
        var asked =
                Pages.request(request.getFilter(), request.getPageSize(), request.getPageToken());
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
        if (result instanceof AllowedEntryResult.Deleted) {
            return Empty.getDefaultInstance();
        }
        throw AllowedEntryProtos.error(result);
    }

    private static io.campanile.v1.AllowedEntry proto(AllowedEntry entry) {
        return AllowedEntryProtos.proto(entry, Callers.mayIdentify());
    }
}
