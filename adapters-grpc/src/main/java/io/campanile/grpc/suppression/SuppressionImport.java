package io.campanile.grpc.suppression;

import io.campanile.application.suppression.ImportSuppressions;
import io.campanile.application.suppression.ManageSuppressions.Entry;
import io.campanile.grpc.suppression.ImportedList.Report;
import io.campanile.v1.ImportSuppressionsRequest;
import io.campanile.v1.ImportSuppressionsResponse;
import io.campanile.v1.ImportedSuppression;
import io.campanile.v1.ImportedSuppression.Result;

import java.util.List;

/// Imports of the suppression list.
final class SuppressionImport {
    private SuppressionImport() {}

    static ImportedList<ImportSuppressionsRequest, ImportSuppressionsResponse> of(
            ImportSuppressions imports) {
        return new ImportedList<>(
                ListCsv.SUPPRESSIONS,
                "suppression-import",
                ImportSuppressionsRequest::getParent,
                ImportSuppressionsRequest::getCsv,
                (workspace, rows, by) ->
                        imports.add(
                                workspace,
                                rows.stream().map(SuppressionImport::entry).toList(),
                                by),
                SuppressionImport::answer);
    }

    private static Entry entry(ListCsv.Row.Importable row) {
        return new Entry(row.target(), row.reason(), row.note(), row.expireTime());
    }

    private static ImportSuppressionsResponse answer(List<Report> reports) {
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
