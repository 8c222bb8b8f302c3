package io.campanile.grpc.suppression;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;

import io.campanile.application.suppression.ImportedEntry;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Arrivals;
import io.campanile.grpc.call.CallThreads;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.Failures;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.suppression.ImportedList.Report;
import io.campanile.v1.ViolationReason;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One import of a list. Its rows are read by a thread of their own while the pieces of the file
/// arrive; a batch of rows is one transaction and, once that is durable, one answer. The thread
/// waits while the caller does not read them. Few go on at once, as pieces wait in memory for it,
/// and none without pieces or a reader.
///
/// @param <Q> the pieces
/// @param <A> the answers
final class ListImport<Q, A> implements StreamObserver<Q> {
    private final ImportedList<Q, A> list;
    private final CallerSession session;
    private final Drain drain;
    private final ImportLimits limits;
    private final ServerCallStreamObserver<A> call;
    private final CsvPieces pieces;
    private final Runnable drained;
    private volatile @Nullable WorkspaceId workspace;
    private volatile boolean draining;

    /// Whether nobody is to be answered any more.
    private volatile boolean over;

    ListImport(
            ImportedList<Q, A> list,
            CallerSession session,
            Drain drain,
            ImportLimits limits,
            ServerCallStreamObserver<A> call) {
        this.list = list;
        this.session = session;
        this.drain = drain;
        this.limits = limits;
        this.call = call;
        this.pieces = new CsvPieces(() -> call.request(1), limits.patience(), this::nothingCame);
        this.drained = this::drain;
    }

    /// Asks for the first piece.
    ///
    /// @return the thread that reads the rows; it ends with the call
    Thread start() {
        call.disableAutoRequest();
        call.setOnReadyHandler(this::wake);
        call.setOnCancelHandler(this::callIsOver);
        call.setOnCloseHandler(this::callIsOver);
        call.request(1);
        drain.register(drained);
        return CallThreads.named(list.thread()).start(Context.current().wrap(this::run));
    }

    /// The caller went away, or the call was closed: here, or by whoever refused one of its pieces.
    private void callIsOver() {
        over = true;
        drain.unregister(drained);
        breakOff();
    }

    private void nothingCame() {
        end(late("nothing came of the import for %d seconds"));
        over = true;
    }

    private StatusRuntimeException late(String text) {
        return Arrivals.late(text.formatted(limits.patience().toSeconds()));
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
    public void onNext(Q piece) {
        workspace = Names.workspace(list.parent().apply(piece));
        pieces.add(list.csv().apply(piece));
    }

    @Override
    public void onCompleted() {
        pieces.end();
    }

    @Override
    public void onError(Throwable gone) {
        callIsOver();
    }

    private void run() {
        try {
            pieces.awaitFirst();
            if (importWithPermit()) {
                call.onCompleted();
            }
        } catch (RuntimeException e) {
            end(e);
        } catch (Error e) {
            // Nobody else sees what is thrown on this thread: the call would stay open.
            end(new IllegalStateException(e));
            throw e;
        }
    }

    /// Whoever has sent nothing yet keeps nobody from importing.
    ///
    /// @throws io.grpc.StatusRuntimeException when too many go on, of all workspaces or of this one
    private boolean importWithPermit() {
        if (!limits.permits().take(session.caller().workspace())) {
            throw GrpcErrors.longCallsFull();
        }
        try {
            return importAll();
        } finally {
            limits.permits().giveBack(session.caller().workspace());
        }
    }

    /// Whether it came to the end of the file.
    private boolean importAll() {
        try (var batches = new CsvBatches(pieces, this::isBrokenOff)) {
            CsvRecord headings =
                    batches.headings().orElseThrow(() -> malformed("the file is empty"));
            importAll(ListCsv.of(headings, list.columns()), batches);
            return true;
        } catch (ListCsv.HeadingsWrong e) {
            throw malformed(String.valueOf(e.getMessage()));
        } catch (CsvParseException | IOException | UncheckedIOException e) {
            if (over || call.isCancelled()) {
                return false;
            }
            if (draining) {
                throw GrpcErrors.shuttingDown();
            }
            throw malformed("the first line is not CSV (RFC 4180) in UTF-8");
        }
    }

    private void importAll(ListCsv csv, CsvBatches batches) throws InterruptedIOException {
        CsvBatches.Batch batch;
        do {
            batch = batches.next();
            if (!batch.rows().isEmpty()) {
                awaitReader();
                importRows(csv, batch.rows());
            }
            if (batch.fault() != null) {
                throw malformed(batch.fault());
            }
        } while (!batch.rows().isEmpty());
    }

    /// Answers are longer than rows: written to somebody who does not read, they fill the memory.
    /// Whoever does not read for long keeps nobody else from importing.
    private synchronized void awaitReader() throws InterruptedIOException {
        long end = System.nanoTime() + limits.patience().toNanos();
        while (!call.isReady()) {
            if (isBrokenOff()) {
                throw new InterruptedIOException("broken off");
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw late("the answers of the import were not read for %d seconds");
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    private boolean isBrokenOff() {
        return draining || over || call.isCancelled();
    }

    private void importRows(ListCsv csv, List<CsvRecord> batch) {
        List<ListCsv.Row> read = batch.stream().map(csv::read).toList();
        List<ListCsv.Row.Importable> importable =
                read.stream()
                        .filter(ListCsv.Row.Importable.class::isInstance)
                        .map(ListCsv.Row.Importable.class::cast)
                        .toList();
        Iterator<ImportedEntry> imported =
                list.adding().add(workspace(), importable, session.require().actor()).iterator();
        List<Report> reports = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            reports.add(report(batch.get(i).getStartingLineNumber(), read.get(i), imported));
        }
        call.onNext(list.answer().apply(reports));
    }

    private WorkspaceId workspace() {
        WorkspaceId named = workspace;
        if (named == null) {
            throw new IllegalStateException("rows without a request");
        }
        return named;
    }

    private static Report report(long line, ListCsv.Row row, Iterator<ImportedEntry> imported) {
        if (row instanceof ListCsv.Row.Refused refused) {
            return new Report(line, "", refused);
        }
        return switch (imported.next()) {
            case ImportedEntry.Added(var name) -> new Report(line, name, null);
            case ImportedEntry.Kept() -> new Report(line, "", null);
            case ImportedEntry.ExpireTimeOutOfRange() ->
                    new Report(line, "", ListCsv.expireTimeOutOfRange());
        };
    }

    private static RuntimeException malformed(String problem) {
        return GrpcErrors.fieldViolation("csv", ViolationReason.VIOLATION_REASON_SYNTAX, problem);
    }

    private void end(RuntimeException error) {
        if (!over && !call.isCancelled()) {
            call.onError(Failures.of(error));
        }
    }
}
