package io.campanile.grpc.suppression;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;

import io.campanile.application.suppression.ImportSuppressions;
import io.campanile.application.suppression.ImportedEntry;
import io.campanile.application.suppression.ManageSuppressions.Entry;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.CallThreads;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Names;
import io.campanile.v1.ImportSuppressionsRequest;
import io.campanile.v1.ImportSuppressionsResponse;
import io.campanile.v1.ImportedSuppression;
import io.campanile.v1.ImportedSuppression.Result;
import io.campanile.v1.ViolationReason;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// One import. Its rows are read by a thread of their own while the pieces of the file arrive; a
/// batch of rows is one transaction and, once that is durable, one answer. The thread waits while
/// the caller does not read them.
final class SuppressionImport implements StreamObserver<ImportSuppressionsRequest> {
    private static final int BATCH = 500;

    /// No row, and so no unclosed quote, takes more of the memory.
    private static final int LONGEST_ROW = 64 << 10;

    private final ImportSuppressions imports;
    private final CallerSession session;
    private final Drain drain;
    private final ServerCallStreamObserver<ImportSuppressionsResponse> call;
    private final CsvPieces pieces;
    private final Runnable drained;
    private volatile @Nullable WorkspaceId workspace;
    private volatile boolean draining;

    SuppressionImport(
            ImportSuppressions imports,
            CallerSession session,
            Drain drain,
            ServerCallStreamObserver<ImportSuppressionsResponse> call) {
        this.imports = imports;
        this.session = session;
        this.drain = drain;
        this.call = call;
        this.pieces = new CsvPieces(() -> call.request(1));
        this.drained = this::drain;
    }

    void start() {
        call.disableAutoRequest();
        call.setOnReadyHandler(this::wake);
        call.setOnCancelHandler(this::breakOff);
        call.setOnCloseHandler(() -> drain.unregister(drained));
        call.request(1);
        drain.register(drained);
        CallThreads.named("suppression-import").start(Context.current().wrap(this::run));
    }

    private void drain() {
        draining = true;
        breakOff();
    }

    private void breakOff() {
        pieces.breakOff();
        wake();
    }

    private synchronized void wake() {
        notifyAll();
    }

    @Override
    public void onNext(ImportSuppressionsRequest piece) {
        workspace = Names.workspace(piece.getParent());
        pieces.add(piece.getCsv());
    }

    @Override
    public void onCompleted() {
        pieces.end();
    }

    @Override
    public void onError(Throwable gone) {
        breakOff();
    }

    private void run() {
        try {
            if (importAll()) {
                call.onCompleted();
            }
        } catch (RuntimeException e) {
            end(e);
        }
    }

    /// Whether it came to the end of the file.
    private boolean importAll() {
        try (var reader = reader()) {
            Iterator<CsvRecord> rows = reader.iterator();
            if (!rows.hasNext()) {
                throw malformed("the file is empty");
            }
            SuppressionCsv csv = SuppressionCsv.of(rows.next());
            while (rows.hasNext()) {
                awaitReader();
                importNext(csv, rows);
            }
            return true;
        } catch (SuppressionCsv.HeadingsWrong e) {
            throw malformed(String.valueOf(e.getMessage()));
        } catch (CsvParseException | IOException | UncheckedIOException e) {
            if (draining) {
                throw GrpcErrors.shuttingDown();
            }
            if (call.isCancelled()) {
                return false;
            }
            // Without its text, which may quote the file.
            throw malformed(
                    "is not CSV (RFC 4180) in UTF-8 with rows of at most 64 kB from the row after"
                            + " the last reported one on");
        }
    }

    private CsvReader<CsvRecord> reader() {
        Reader characters =
                new InputStreamReader(
                        pieces,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT));
        return CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(LONGEST_ROW)
                .ofCsvRecord(characters);
    }

    /// Answers are longer than rows: written to somebody who does not read, they fill the memory.
    private synchronized void awaitReader() throws InterruptedIOException {
        while (!call.isReady()) {
            if (draining || call.isCancelled()) {
                throw new InterruptedIOException("broken off");
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    private void importNext(SuppressionCsv csv, Iterator<CsvRecord> rows) {
        List<CsvRecord> batch = new ArrayList<>(BATCH);
        while (batch.size() < BATCH && rows.hasNext()) {
            batch.add(rows.next());
        }
        List<SuppressionCsv.Row> read = batch.stream().map(csv::read).toList();
        List<Entry> entries =
                read.stream()
                        .filter(SuppressionCsv.Row.Importable.class::isInstance)
                        .map(row -> ((SuppressionCsv.Row.Importable) row).entry())
                        .toList();
        Iterator<ImportedEntry> imported =
                imports.add(workspace(), entries, session.require().actor()).iterator();
        var answer = ImportSuppressionsResponse.newBuilder();
        for (int i = 0; i < batch.size(); i++) {
            answer.addSuppressions(
                    report(batch.get(i).getStartingLineNumber(), read.get(i), imported));
        }
        call.onNext(answer.build());
    }

    private WorkspaceId workspace() {
        WorkspaceId named = workspace;
        if (named == null) {
            throw new IllegalStateException("rows without a request");
        }
        return named;
    }

    private ImportedSuppression report(
            long line, SuppressionCsv.Row row, Iterator<ImportedEntry> imported) {
        var report = ImportedSuppression.newBuilder().setLine(line);
        if (row instanceof SuppressionCsv.Row.Refused refused) {
            return refused(report, refused);
        }
        return switch (imported.next()) {
            case ImportedEntry.Added(var id) ->
                    report.setResult(Result.RESULT_ADDED)
                            .setSuppression(id.nameIn(workspace()))
                            .build();
            case ImportedEntry.Kept() -> report.setResult(Result.RESULT_KEPT).build();
            case ImportedEntry.ExpireTimeOutOfRange() ->
                    refused(report, SuppressionCsv.expireTimeOutOfRange());
        };
    }

    private static ImportedSuppression refused(
            ImportedSuppression.Builder report, SuppressionCsv.Row.Refused refused) {
        return report.setResult(Result.RESULT_REFUSED)
                .setColumn(refused.column())
                .setProblem(refused.problem())
                .build();
    }

    private static RuntimeException malformed(String problem) {
        return GrpcErrors.fieldViolation("csv", ViolationReason.VIOLATION_REASON_SYNTAX, problem);
    }

    private void end(RuntimeException error) {
        if (!call.isCancelled()) {
            call.onError(GrpcErrors.of(error));
        }
    }
}
