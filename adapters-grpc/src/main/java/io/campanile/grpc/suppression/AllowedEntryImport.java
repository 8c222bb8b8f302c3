package io.campanile.grpc.suppression;

import com.google.protobuf.ByteString;

import io.campanile.application.suppression.ImportAllowedEntries;
import io.campanile.application.suppression.ImportedEntry;
import io.campanile.application.suppression.ManageAllowedEntries.Entry;
import io.campanile.domain.access.Actor;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.v1.ImportAllowedEntriesRequest;
import io.campanile.v1.ImportAllowedEntriesResponse;
import io.campanile.v1.ImportedAllowedEntry;
import io.campanile.v1.ImportedAllowedEntry.Result;
import io.grpc.stub.ServerCallStreamObserver;

import java.util.List;

/// One import of the allowed list.
final class AllowedEntryImport
        extends ListImport<ImportAllowedEntriesRequest, ImportAllowedEntriesResponse> {
    private final ImportAllowedEntries imports;

    AllowedEntryImport(
            ImportAllowedEntries imports,
            CallerSession session,
            Drain drain,
            ImportLimits limits,
            ServerCallStreamObserver<ImportAllowedEntriesResponse> call) {
        super(ListCsv.ALLOWED_ENTRIES, "allowed-import", session, drain, limits, call);
        this.imports = imports;
    }

    @Override
    String parent(ImportAllowedEntriesRequest piece) {
        return piece.getParent();
    }

    @Override
    ByteString csv(ImportAllowedEntriesRequest piece) {
        return piece.getCsv();
    }

    @Override
    List<ImportedEntry> add(WorkspaceId workspace, List<ListCsv.Row.Importable> rows, Actor by) {
        return imports.add(
                workspace,
                rows.stream()
                        .map(row -> new Entry(row.target(), row.note(), row.expireTime()))
                        .toList(),
                by);
    }

    @Override
    ImportAllowedEntriesResponse answer(List<Report> reports) {
        var answer = ImportAllowedEntriesResponse.newBuilder();
        reports.forEach(report -> answer.addAllowedEntries(proto(report)));
        return answer.build();
    }

    private static ImportedAllowedEntry proto(Report report) {
        var proto = ImportedAllowedEntry.newBuilder().setLine(report.line());
        ListCsv.Row.Refused refused = report.refused();
        if (refused != null) {
            return proto.setResult(Result.RESULT_REFUSED)
                    .setColumn(refused.column())
                    .setProblem(refused.problem())
                    .build();
        }
        return proto.setResult(report.added().isEmpty() ? Result.RESULT_KEPT : Result.RESULT_ADDED)
                .setAllowedEntry(report.added())
                .build();
    }
}
