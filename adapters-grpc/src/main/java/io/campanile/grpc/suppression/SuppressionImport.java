package io.campanile.grpc.suppression;

import com.google.protobuf.ByteString;

import io.campanile.application.suppression.ImportSuppressions;
import io.campanile.application.suppression.ImportedEntry;
import io.campanile.application.suppression.ManageSuppressions.Entry;
import io.campanile.domain.access.Actor;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.v1.ImportSuppressionsRequest;
import io.campanile.v1.ImportSuppressionsResponse;
import io.campanile.v1.ImportedSuppression;
import io.campanile.v1.ImportedSuppression.Result;
import io.grpc.stub.ServerCallStreamObserver;

import java.util.List;

/// One import of the suppression list.
final class SuppressionImport
        extends ListImport<ImportSuppressionsRequest, ImportSuppressionsResponse> {
    private final ImportSuppressions imports;

    SuppressionImport(
            ImportSuppressions imports,
            CallerSession session,
            Drain drain,
            ImportLimits limits,
            ServerCallStreamObserver<ImportSuppressionsResponse> call) {
        super(ListCsv.SUPPRESSIONS, "suppression-import", session, drain, limits, call);
        this.imports = imports;
    }

    @Override
    String parent(ImportSuppressionsRequest piece) {
        return piece.getParent();
    }

    @Override
    ByteString csv(ImportSuppressionsRequest piece) {
        return piece.getCsv();
    }

    @Override
    List<ImportedEntry> add(WorkspaceId workspace, List<ListCsv.Row.Importable> rows, Actor by) {
        return imports.add(
                workspace,
                rows.stream()
                        .map(row ->
                                new Entry(row.target(), row.reason(), row.note(), row.expireTime()))
                        .toList(),
                by);
    }

    @Override
    ImportSuppressionsResponse answer(List<Report> reports) {
        var answer = ImportSuppressionsResponse.newBuilder();
        reports.forEach(report -> answer.addSuppressions(proto(report)));
        return answer.build();
    }

    private static ImportedSuppression proto(Report report) {
        var proto = ImportedSuppression.newBuilder().setLine(report.line());
        ListCsv.Row.Refused refused = report.refused();
        if (refused != null) {
            return proto.setResult(Result.RESULT_REFUSED)
                    .setColumn(refused.column())
                    .setProblem(refused.problem())
                    .build();
        }
        return proto.setResult(report.added().isEmpty() ? Result.RESULT_KEPT : Result.RESULT_ADDED)
                .setSuppression(report.added())
                .build();
    }
}
