package io.campanile.server.command;

import com.google.protobuf.ByteString;

import io.campanile.v1.ExportAllowedEntriesRequest;
import io.campanile.v1.ExportAllowedEntriesResponse;
import io.campanile.v1.ImportAllowedEntriesRequest;
import io.campanile.v1.ImportAllowedEntriesResponse;
import io.campanile.v1.SuppressionServiceGrpc.SuppressionServiceBlockingStub;
import io.campanile.v1.SuppressionServiceGrpc.SuppressionServiceStub;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Iterator;
import java.util.List;

/// The allowed list from and into CSV files.
@Command(
        name = "allowed",
        description = "Imports and exports the allowed list as CSV.",
        subcommands = {AllowedCommand.Import.class, AllowedCommand.Export.class})
final class AllowedCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say import or export");
    }

    /// Reports every row on standard output.
    @Command(
            name = "import",
            description =
                    "Puts the rows of a CSV file on the list and says what became of each. Its"
                            + " first line are headings: target and, if wanted, note and"
                            + " expire_time. Ends with 1 when a row was refused; repeating it adds"
                            + " nothing twice.")
    static final class Import
            extends ListImport<ImportAllowedEntriesRequest, ImportAllowedEntriesResponse> {
        @Override
        void begin(
                SuppressionServiceStub api,
                ListUpload<ImportAllowedEntriesRequest, ImportAllowedEntriesResponse> upload) {
            var _ = api.importAllowedEntries(upload);
        }

        @Override
        ImportAllowedEntriesRequest request(String parent, ByteString piece) {
            return ImportAllowedEntriesRequest.newBuilder().setParent(parent).setCsv(piece).build();
        }

        @Override
        List<ListUpload.Row> rows(ImportAllowedEntriesResponse answer) {
            return answer.getAllowedEntriesList().stream()
                    .map(row ->
                            new ListUpload.Row(
                                    row.getLine(),
                                    row.getResult().name(),
                                    row.getColumn(),
                                    row.getProblem()))
                    .toList();
        }
    }

    /// Writes the file.
    @Command(
            name = "export",
            description = "Writes the list, addresses in full, as a CSV file that import takes.")
    static final class Export extends ListExport<ExportAllowedEntriesResponse> {
        @Override
        Iterator<ExportAllowedEntriesResponse> answers(
                SuppressionServiceBlockingStub api, String parent) {
            return api.exportAllowedEntries(
                    ExportAllowedEntriesRequest.newBuilder().setParent(parent).build());
        }

        @Override
        ByteString csv(ExportAllowedEntriesResponse answer) {
            return answer.getCsv();
        }
    }
}
