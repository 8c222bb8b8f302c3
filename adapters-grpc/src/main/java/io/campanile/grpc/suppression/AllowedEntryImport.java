package io.campanile.grpc.suppression;

import io.campanile.application.suppression.ImportAllowedEntries;
import io.campanile.application.suppression.ManageAllowedEntries.Entry;
import io.campanile.grpc.suppression.ImportedList.Report;
import io.campanile.v1.ImportAllowedEntriesRequest;
import io.campanile.v1.ImportAllowedEntriesResponse;
import io.campanile.v1.ImportedAllowedEntry;
import io.campanile.v1.ImportedAllowedEntry.Result;

import java.util.List;

/// Imports of the allowed list.
final class AllowedEntryImport {
    private AllowedEntryImport() {}

    static ImportedList<ImportAllowedEntriesRequest, ImportAllowedEntriesResponse> of(
            ImportAllowedEntries imports) {
        return new ImportedList<>(
                ListCsv.ALLOWED_ENTRIES,
                "allowed-import",
                ImportAllowedEntriesRequest::getParent,
                ImportAllowedEntriesRequest::getCsv,
                (workspace, rows, by) ->
                        imports.add(
                                workspace,
                                rows.stream().map(AllowedEntryImport::entry).toList(),
                                by),
                AllowedEntryImport::answer);
    }

    private static Entry entry(ListCsv.Row.Importable row) {
        return new Entry(row.target(), row.note(), row.expireTime());
    }

    private static ImportAllowedEntriesResponse answer(List<Report> reports) {
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
