package io.campanile.grpc.suppression;

import com.google.protobuf.ByteString;

import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.suppression.ManageAllowedEntries;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.v1.ExportAllowedEntriesResponse;
import io.grpc.stub.ServerCallStreamObserver;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// One export of the allowed list.
final class AllowedEntryExport extends ListExport<ExportAllowedEntriesResponse, AllowedEntry> {
    private final ManageAllowedEntries entries;
    private final WorkspaceId workspace;

    AllowedEntryExport(
            ManageAllowedEntries entries,
            WorkspaceId workspace,
            InstantSource clock,
            CallerSession session,
            Drain drain,
            ServerCallStreamObserver<ExportAllowedEntriesResponse> call) {
        super(ListCsv.ALLOWED_ENTRIES, clock, session, drain, call);
        this.entries = entries;
        this.workspace = workspace;
    }

    @Override
    Page<AllowedEntry> page(ListRequest request) {
        return entries.list(workspace, request);
    }

    @Override
    boolean isInForce(AllowedEntry entry, Instant now) {
        return entry.isInForce(now);
    }

    @Override
    List<String> row(AllowedEntry entry) {
        return List.of(
                entry.target().value(),
                entry.note(),
                ListCsv.text(entry.createTime()),
                ListCsv.text(entry.expireTime()));
    }

    @Override
    ExportAllowedEntriesResponse answer(ByteString csv) {
        return ExportAllowedEntriesResponse.newBuilder().setCsv(csv).build();
    }
}
