package io.campanile.server.command;

import com.google.protobuf.ByteString;

import io.campanile.server.call.ApiClient;
import io.campanile.server.call.CallFailed;
import io.campanile.v1.SuppressionServiceGrpc;
import io.campanile.v1.SuppressionServiceGrpc.SuppressionServiceStub;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// Puts the rows of a CSV file on a list. Reports every row on standard output.
///
/// @param <Q> the pieces
/// @param <A> the answers
abstract class ListImport<Q, A> implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private Connection connection = new Connection();

    @Mixin private WorkspaceOption workspace = new WorkspaceOption();

    @Parameters(index = "0", paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    /// Makes the call.
    abstract void begin(SuppressionServiceStub api, ListUpload<Q, A> upload);

    /// @param parent the full name of the workspace
    abstract Q request(String parent, ByteString piece);

    abstract List<ListUpload.Row> rows(A answer);

    @Override
    public final Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (ApiClient client = connection.open();
                InputStream csv = Files.newInputStream(file)) {
            var upload =
                    new ListUpload<Q, A>(
                            csv, piece -> request(workspace.name(), piece), this::rows, out);
            begin(SuppressionServiceGrpc.newStub(client.channel()), upload);
            upload.await();
            return upload.summary();
        } catch (IOException e) {
            throw CallFailed.misused(file + " cannot be read");
        }
    }
}
