package io.campanile.server.command;

import com.google.protobuf.ByteString;

import io.campanile.server.call.CallFailed;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/// One import of a file into a list: sends the next piece whenever the server has room for it, and
/// prints what became of each row.
///
/// @param <Q> the pieces
/// @param <A> the answers
final class ListUpload<Q, A> implements ClientResponseObserver<Q, A> {
    private static final int PIECE = 64 << 10;
    private static final String PREFIX = "RESULT_";

    private final InputStream csv;
    private final Function<ByteString, Q> request;
    private final Function<A, List<Row>> rows;
    private final PrintWriter out;
    private final CompletableFuture<Boolean> finished = new CompletableFuture<>();
    private final Map<String, Long> counts = new HashMap<>();
    private boolean sentAll;

    /// What became of a row.
    ///
    /// @param result a constant of the API, `RESULT_…`
    record Row(long line, String result, String column, String problem) {
        private String outcome() {
            return result.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
        }

        private String text() {
            String what = (column + " " + problem).strip();
            return "line %d: %s%s".formatted(line, outcome(), what.isEmpty() ? "" : ": " + what);
        }
    }

    ListUpload(
            InputStream csv,
            Function<ByteString, Q> request,
            Function<A, List<Row>> rows,
            PrintWriter out) {
        this.csv = csv;
        this.request = request;
        this.rows = rows;
        this.out = out;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> call) {
        call.setOnReadyHandler(() -> send(call));
    }

    private void send(ClientCallStreamObserver<Q> call) {
        try {
            while (call.isReady() && !sentAll) {
                // What is there: from a pipe, a whole piece may take longer than the node waits.
                byte[] piece = new byte[PIECE];
                int length = csv.read(piece);
                if (length > 0) {
                    call.onNext(request.apply(ByteString.copyFrom(piece, 0, length)));
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
    public void onNext(A answer) {
        for (Row row : rows.apply(answer)) {
            counts.merge(row.outcome(), 1L, Long::sum);
            out.println(row.text());
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

    /// Prints how many there were of each.
    ///
    /// @return what to end with: 1 when a row was refused
    int summary() {
        out.printf(
                "%d added, %d kept, %d refused%n", count("added"), count("kept"), count("refused"));
        out.flush();
        return count("refused") == 0 ? 0 : 1;
    }

    private long count(String outcome) {
        return counts.getOrDefault(outcome, 0L);
    }
}
