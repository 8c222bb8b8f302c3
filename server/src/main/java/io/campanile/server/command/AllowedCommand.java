package io.campanile.server.command;

import com.google.protobuf.ByteString;

import io.campanile.server.call.ApiClient;
import io.campanile.server.call.CallFailed;
import io.campanile.server.command.SuppressionsCommand.Target;
import io.campanile.v1.ExportAllowedEntriesRequest;
import io.campanile.v1.ExportAllowedEntriesResponse;
import io.campanile.v1.ImportAllowedEntriesRequest;
import io.campanile.v1.ImportAllowedEntriesResponse;
import io.campanile.v1.SuppressionServiceGrpc;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

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
    static final class Import implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();

        @Mixin private Connection connection = new Connection();

        @Mixin private Target target = new Target();

        @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            try (ApiClient client = connection.open();
                    InputStream csv = Files.newInputStream(file)) {
                var upload =
                        new ListUpload<ImportAllowedEntriesRequest, ImportAllowedEntriesResponse>(
                                csv, this::request, Import::rows, out);
                var _ =
                        SuppressionServiceGrpc.newStub(client.channel())
                                .importAllowedEntries(upload);
                upload.await();
                return upload.summary();
            } catch (IOException e) {
                throw CallFailed.misused(file + " cannot be read");
            }
        }

        private ImportAllowedEntriesRequest request(ByteString piece) {
            return ImportAllowedEntriesRequest.newBuilder()
                    .setParent(target.parent())
                    .setCsv(piece)
                    .build();
        }

        private static List<ListUpload.Row> rows(ImportAllowedEntriesResponse answer) {
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
    static final class Export implements Runnable {
        @Mixin private Connection connection = new Connection();

        @Mixin private Target target = new Target();

        @Parameters(
                index = "0",
                paramLabel = "FILE",
                description = "The file; it is overwritten, and for its owner only.")
        private Path file = Path.of("");

        @Override
        public void run() {
            var request =
                    ExportAllowedEntriesRequest.newBuilder().setParent(target.parent()).build();
            try (ApiClient client = connection.open()) {
                ListDownload.write(
                        file,
                        SuppressionServiceGrpc.newBlockingStub(client.channel())
                                .exportAllowedEntries(request),
                        ExportAllowedEntriesResponse::getCsv);
            }
        }
    }
}
