package io.campanile.server.command;

import com.google.protobuf.ByteString;

import io.campanile.v1.ExportSuppressionsRequest;
import io.campanile.v1.ExportSuppressionsResponse;
import io.campanile.v1.ImportSuppressionsRequest;
import io.campanile.v1.ImportSuppressionsResponse;
import io.campanile.v1.SuppressionServiceGrpc.SuppressionServiceBlockingStub;
import io.campanile.v1.SuppressionServiceGrpc.SuppressionServiceStub;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Iterator;
import java.util.List;

/// The suppression list from and into CSV files.
@Command(
        name = "suppressions",
        description = "Imports and exports the suppression list as CSV.",
        subcommands = {SuppressionsCommand.Import.class, SuppressionsCommand.Export.class})
final class SuppressionsCommand implements Runnable {
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
                            + " first line are headings: target and, if wanted, reason, note and"
                            + " expire_time. Ends with 1 when a row was refused; repeating it adds"
                            + " nothing twice.")
    static final class Import
            extends ListImport<ImportSuppressionsRequest, ImportSuppressionsResponse> {
        @Override
        void begin(
                SuppressionServiceStub api,
                ListUpload<ImportSuppressionsRequest, ImportSuppressionsResponse> upload) {
            var _ = api.importSuppressions(upload);
        }

        @Override
        ImportSuppressionsRequest request(String parent, ByteString piece) {
            return ImportSuppressionsRequest.newBuilder().setParent(parent).setCsv(piece).build();
        }

        @Override
        List<ListUpload.Row> rows(ImportSuppressionsResponse answer) {
            return answer.getSuppressionsList().stream()
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
    static final class Export extends ListExport<ExportSuppressionsResponse> {
        @Override
        Iterator<ExportSuppressionsResponse> answers(
                SuppressionServiceBlockingStub api, String parent) {
            return api.exportSuppressions(
                    ExportSuppressionsRequest.newBuilder().setParent(parent).build());
        }

        @Override
        ByteString csv(ExportSuppressionsResponse answer) {
            return answer.getCsv();
        }
    }
}
