package io.campanile.server.command;

import com.google.protobuf.ByteString;

import io.campanile.server.call.ApiClient;
import io.campanile.v1.SuppressionServiceGrpc;
import io.campanile.v1.SuppressionServiceGrpc.SuppressionServiceBlockingStub;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Iterator;

/// Writes a list into a CSV file.
///
/// @param <A> the answers
abstract class ListExport<A> implements Runnable {
    @Mixin private Connection connection = new Connection();

    @Mixin private WorkspaceOption workspace = new WorkspaceOption();

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The file; it is overwritten, and for its owner only.")
    private Path file = Path.of("");

    /// Makes the call.
    ///
    /// @param parent the full name of the workspace
    abstract Iterator<A> answers(SuppressionServiceBlockingStub api, String parent);

    /// The next bytes of the file.
    abstract ByteString csv(A answer);

    @Override
    public final void run() {
        try (ApiClient client = connection.open()) {
            var api = SuppressionServiceGrpc.newBlockingStub(client.channel());
            ListDownload.write(file, answers(api, workspace.name()), this::csv);
        }
    }
}
