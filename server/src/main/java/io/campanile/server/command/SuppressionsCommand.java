package io.campanile.server.command;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.protobuf.ByteString;

import io.campanile.server.call.ApiClient;
import io.campanile.server.call.CallFailed;
import io.campanile.v1.ExportSuppressionsRequest;
import io.campanile.v1.ExportSuppressionsResponse;
import io.campanile.v1.ImportSuppressionsRequest;
import io.campanile.v1.ImportSuppressionsResponse;
import io.campanile.v1.ImportedSuppression;
import io.campanile.v1.SuppressionServiceGrpc;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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

    private static final class Target {
        @Option(
                names = "--workspace",
                paramLabel = "ID",
                defaultValue = "default",
                description = "Which workspace. Default: ${DEFAULT-VALUE}.")
        private String workspace = "default";

        String parent() {
            return "workspaces/" + workspace;
        }
    }

    /// Reports every row on standard output.
    @Command(
            name = "import",
            description =
                    "Puts the rows of a CSV file on the list and says what became of each. Its"
                            + " first line are headings: target and, if wanted, reason, note and"
                            + " expire_time. Ends with 1 when a row was refused; repeating it adds"
                            + " nothing twice.")
    static final class Import implements Callable<Integer> {
        private static final int PIECE = 64 << 10;

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
                var upload = new Upload(csv, target.parent(), out);
                var _ = SuppressionServiceGrpc.newStub(client.channel()).importSuppressions(upload);
                upload.await();
                return upload.summary();
            } catch (IOException e) {
                throw CallFailed.misused(file + " cannot be read");
            }
        }

        /// Sends the next piece whenever the server has room for it.
        private static final class Upload
                implements ClientResponseObserver<
                        ImportSuppressionsRequest, ImportSuppressionsResponse> {
            private final InputStream csv;
            private final String parent;
            private final PrintWriter out;
            private final CompletableFuture<Boolean> finished = new CompletableFuture<>();
            private final Map<ImportedSuppression.Result, Long> counts =
                    new EnumMap<>(ImportedSuppression.Result.class);
            private boolean sentAll;

            Upload(InputStream csv, String parent, PrintWriter out) {
                this.csv = csv;
                this.parent = parent;
                this.out = out;
            }

            @Override
            public void beforeStart(ClientCallStreamObserver<ImportSuppressionsRequest> call) {
                call.setOnReadyHandler(() -> send(call));
            }

            private void send(ClientCallStreamObserver<ImportSuppressionsRequest> call) {
                try {
                    while (call.isReady() && !sentAll) {
                        byte[] piece = csv.readNBytes(PIECE);
                        if (piece.length > 0) {
                            call.onNext(
                                    ImportSuppressionsRequest.newBuilder()
                                            .setParent(parent)
                                            .setCsv(ByteString.copyFrom(piece))
                                            .build());
                        } else {
                            sentAll = true;
                            call.onCompleted();
                        }
                    }
                } catch (IOException e) {
                    finished.completeExceptionally(e);
                    call.cancel("the file cannot be read", e);
                }
            }

            @Override
            public void onNext(ImportSuppressionsResponse answer) {
                for (ImportedSuppression row : answer.getSuppressionsList()) {
                    counts.merge(row.getResult(), 1L, Long::sum);
                    out.println(line(row));
                }
            }

            @Override
            public void onError(Throwable error) {
                finished.completeExceptionally(error);
            }

            @Override
            public void onCompleted() {
                finished.complete(true);
            }

            void await() throws IOException {
                try {
                    finished.get();
                } catch (ExecutionException e) {
                    switch (e.getCause()) {
                        case StatusRuntimeException refused -> throw CallFailed.refused(refused);
                        case IOException unreadable -> throw unreadable;
                        case null, default -> throw new IllegalStateException(e.getCause());
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw CallFailed.failed("interrupted");
                } finally {
                    out.flush();
                }
            }

            int summary() {
                out.printf(
                        "%d added, %d kept, %d refused%n",
                        count(ImportedSuppression.Result.RESULT_ADDED),
                        count(ImportedSuppression.Result.RESULT_KEPT),
                        count(ImportedSuppression.Result.RESULT_REFUSED));
                out.flush();
                return count(ImportedSuppression.Result.RESULT_REFUSED) == 0 ? 0 : 1;
            }

            private long count(ImportedSuppression.Result result) {
                return counts.getOrDefault(result, 0L);
            }

            private static String line(ImportedSuppression row) {
                String result =
                        row.getResult()
                                .name()
                                .substring("RESULT_".length())
                                .toLowerCase(Locale.ROOT);
                String problem = (row.getColumn() + " " + row.getProblem()).strip();
                return "line %d: %s%s"
                        .formatted(row.getLine(), result, problem.isEmpty() ? "" : ": " + problem);
            }
        }
    }

    /// Writes the file.
    @Command(
            name = "export",
            description = "Writes the list, addresses in full, as a CSV file that import takes.")
    static final class Export implements Runnable {
        private static final FileAttribute<?> OWNER_ONLY =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

        @Mixin private Connection connection = new Connection();

        @Mixin private Target target = new Target();

        @Parameters(
                index = "0",
                paramLabel = "FILE",
                description = "The file; it is overwritten, and for its owner only.")
        private Path file = Path.of("");

        /// The file is as it was until everything has come.
        @Override
        public void run() {
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            try (ApiClient client = connection.open()) {
                Files.deleteIfExists(draft);
                write(client, draft);
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            } catch (StatusRuntimeException e) {
                throw CallFailed.refused(e);
            } catch (IOException e) {
                throw CallFailed.misused(file + " cannot be written");
            } finally {
                discard(draft);
            }
        }

        private void write(ApiClient client, Path draft) throws IOException {
            var request = ExportSuppressionsRequest.newBuilder().setParent(target.parent()).build();
            Iterator<ExportSuppressionsResponse> pieces =
                    SuppressionServiceGrpc.newBlockingStub(client.channel())
                            .exportSuppressions(request);
            try (var channel = FileChannel.open(draft, Set.of(CREATE_NEW, WRITE), OWNER_ONLY);
                    OutputStream csv = Channels.newOutputStream(channel)) {
                while (pieces.hasNext()) {
                    pieces.next().getCsv().writeTo(csv);
                }
                channel.force(true);
            }
        }

        private static void discard(Path draft) {
            try {
                Files.deleteIfExists(draft);
            } catch (IOException e) {
                throw CallFailed.failed(draft + " cannot be deleted");
            }
        }
    }
}
