package io.campanile.grpc.suppression;

import com.google.protobuf.ByteString;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;

import io.campanile.application.suppression.ImportedEntry;
import io.campanile.domain.access.Actor;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Arrivals;
import io.campanile.grpc.call.CallThreads;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Names;
import io.campanile.v1.ViolationReason;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// One import of a list. Its rows are read by a thread of their own while the pieces of the file
/// arrive; a batch of rows is one transaction and, once that is durable, one answer. The thread
/// waits while the caller does not read them. Few go on at once, as pieces wait in memory for it,
/// and none without pieces.
///
/// @param <Q> the pieces
/// @param <A> the answers
abstract class ListImport<Q, A> implements StreamObserver<Q> {
    private static final int BATCH = 500;

    /// No row, and so no unclosed quote, takes more of the memory.
    private static final int LONGEST_ROW = 64 << 10;

    private static final int BYTE_ORDER_MARK = '\ufeff';

    /// What stands for bytes that are no UTF-8: no file has it, as it is no character. So the rows
    /// before them can be read, which a decoder that throws would lose.
    private static final char UNREADABLE = '\uffff';

    private final List<ListCsv.Column> columns;
    private final String thread;
    private final CallerSession session;
    private final Drain drain;
    private final ImportLimits limits;
    private final ServerCallStreamObserver<A> call;
    private final CsvPieces pieces;
    private final QuoteWatch characters;
    private final Runnable drained;
    private volatile @Nullable WorkspaceId workspace;
    private volatile boolean draining;

    /// Whether nobody is to be answered any more.
    private volatile boolean over;

    /// What was read of a file before its end, or before something that is no row.
    ///
    /// @param fault why no more can be read; absent at the end of a batch and of the file
    private record Batch(List<CsvRecord> rows, @Nullable RuntimeException fault) {}

    /// What became of a row.
    ///
    /// @param line where it begins
    /// @param added the full name of the entry that is there now; empty when there is none
    /// @param refused absent unless it was refused
    record Report(long line, String added, ListCsv.Row.@Nullable Refused refused) {}

    ListImport(
            List<ListCsv.Column> columns,
            String thread,
            CallerSession session,
            Drain drain,
            ImportLimits limits,
            ServerCallStreamObserver<A> call) {
        this.columns = columns;
        this.thread = thread;
        this.session = session;
        this.drain = drain;
        this.limits = limits;
        this.call = call;
        this.pieces = new CsvPieces(() -> call.request(1), limits.patience(), this::nothingCame);
        this.characters = characters(pieces);
        this.drained = this::drain;
    }

    /// The name of the workspace.
    abstract String parent(Q piece);

    abstract ByteString csv(Q piece);

    /// Puts rows on the list, and says what became of each.
    abstract List<ImportedEntry> add(
            WorkspaceId workspace, List<ListCsv.Row.Importable> rows, Actor by);

    abstract A answer(List<Report> reports);

    /// Asks for the first piece.
    ///
    /// @return the thread that reads the rows; it ends with the call
    final Thread start() {
        call.disableAutoRequest();
        call.setOnReadyHandler(this::wake);
        call.setOnCancelHandler(this::callIsOver);
        call.setOnCloseHandler(this::callIsOver);
        call.request(1);
        drain.register(drained);
        return CallThreads.named(thread).start(Context.current().wrap(this::run));
    }

    /// The caller went away, or the call was closed: here, or by whoever refused one of its pieces.
    private void callIsOver() {
        over = true;
        drain.unregister(drained);
        breakOff();
    }

    private void nothingCame() {
        end(
                Arrivals.late(
                        "nothing came of the import for %d seconds"
                                .formatted(limits.patience().toSeconds())));
        over = true;
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
    public final void onNext(Q piece) {
        workspace = Names.workspace(parent(piece));
        pieces.add(csv(piece));
    }

    @Override
    public final void onCompleted() {
        pieces.end();
    }

    @Override
    public final void onError(Throwable gone) {
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
        try (var reader = reader()) {
            Iterator<CsvRecord> rows = reader.iterator();
            if (!rows.hasNext()) {
                throw malformed("the file is empty");
            }
            CsvRecord headings = rows.next();
            ListCsv csv = ListCsv.of(headings, columns);
            importAll(csv, rows, headings.getStartingLineNumber());
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

    /// @param line where the headings begin
    private void importAll(ListCsv csv, Iterator<CsvRecord> rows, long line)
            throws InterruptedIOException {
        long last = line;
        while (true) {
            Batch batch = next(rows, last);
            if (!batch.rows().isEmpty()) {
                awaitReader();
                importRows(csv, batch.rows());
                last = batch.rows().getLast().getStartingLineNumber();
            }
            if (batch.fault() != null) {
                throw batch.fault();
            }
            if (batch.rows().isEmpty()) {
                return;
            }
        }
    }

    /// The next rows; none at the end of the file.
    ///
    /// @param line where the row before them begins
    private Batch next(Iterator<CsvRecord> rows, long line) {
        List<CsvRecord> batch = new ArrayList<>(BATCH);
        long last = line;
        try {
            while (batch.size() < BATCH && rows.hasNext()) {
                CsvRecord row = rows.next();
                last = row.getStartingLineNumber();
                if (characters.endedWithinQuotes() && !rows.hasNext()) {
                    return new Batch(
                            batch,
                            malformed("a quote in the row at line " + last + " is not closed"));
                }
                if (row.getFields().stream().anyMatch(ListImport::isUnreadable)) {
                    return new Batch(batch, malformed("the row at line " + last + " is not UTF-8"));
                }
                batch.add(row);
            }
        } catch (CsvParseException | UncheckedIOException e) {
            if (isBrokenOff()) {
                throw e;
            }
            // Without its text, which may quote the file.
            return new Batch(
                    batch,
                    malformed(
                            "the row after the one at line %d is not CSV (RFC 4180), or longer than 64 kB"
                                    .formatted(last)));
        }
        return new Batch(batch, null);
    }

    private static boolean isUnreadable(String field) {
        return field.indexOf(UNREADABLE) >= 0;
    }

    private static QuoteWatch characters(CsvPieces pieces) {
        return new QuoteWatch(
                new InputStreamReader(
                        pieces,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .replaceWith(String.valueOf(UNREADABLE))
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)));
    }

    private CsvReader<CsvRecord> reader() throws IOException {
        return CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(LONGEST_ROW)
                .ofCsvRecord(withoutMark(characters));
    }

    /// Before the first quote, the mark would make that one of the heading's characters.
    private static Reader withoutMark(Reader characters) throws IOException {
        var rest = new PushbackReader(characters);
        int first = rest.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            rest.unread(first);
        }
        return rest;
    }

    /// Answers are longer than rows: written to somebody who does not read, they fill the memory.
    private synchronized void awaitReader() throws InterruptedIOException {
        while (!call.isReady()) {
            if (isBrokenOff()) {
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
                add(workspace(), importable, session.require().actor()).iterator();
        List<Report> reports = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            reports.add(report(batch.get(i).getStartingLineNumber(), read.get(i), imported));
        }
        call.onNext(answer(reports));
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
            call.onError(GrpcErrors.of(error));
        }
    }
}
