package io.campanile.grpc.suppression;

import com.google.protobuf.ByteString;

import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.ExportStream;
import io.campanile.grpc.resource.Pages;
import io.grpc.stub.ServerCallStreamObserver;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// One export of what is in force on a list, a page at a time.
///
/// @param <A> the answers
/// @param <E> the entries
abstract class ListExport<A, E> extends ExportStream<A> {
    /// An entry that is replaced while the export goes on moves to the end of the list, and is not
    /// passed over.
    private static final String OLDEST_FIRST = "create_time";

    private static final int PAGE = 500;

    private final List<ListCsv.Column> columns;
    private final InstantSource clock;
    private String pageToken = "";
    private boolean begun;

    ListExport(
            List<ListCsv.Column> columns,
            InstantSource clock,
            CallerSession session,
            Drain drain,
            ServerCallStreamObserver<A> call) {
        super(session, drain, call);
        this.columns = columns;
        this.clock = clock;
    }

    abstract Page<E> page(ListRequest request);

    abstract boolean isInForce(E entry, Instant now);

    abstract List<String> row(E entry);

    abstract A answer(ByteString csv);

    @Override
    protected final boolean sendNext() {
        Page.Found<E> page = Pages.found(page(new ListRequest("", OLDEST_FIRST, PAGE, pageToken)));
        Instant now = clock.instant();
        List<List<String>> rows =
                page.entries().stream()
                        .filter(entry -> isInForce(entry, now))
                        .map(this::row)
                        .toList();
        String csv = (begun ? "" : ListCsv.headings(columns)) + ListCsv.write(rows);
        begun = true;
        if (!csv.isEmpty()) {
            send(answer(ByteString.copyFromUtf8(csv)));
        }
        pageToken = page.nextPageToken();
        return !pageToken.isEmpty();
    }
}
