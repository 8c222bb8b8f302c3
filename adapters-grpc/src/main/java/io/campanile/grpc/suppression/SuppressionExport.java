package io.campanile.grpc.suppression;

import com.google.protobuf.ByteString;

import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.suppression.ManageSuppressions;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.ExportSuppressionsResponse;
import io.grpc.stub.ServerCallStreamObserver;

import java.util.ArrayList;
import java.util.List;

/// One export: a page of the list whenever the caller has read the one before.
final class SuppressionExport {
    private static final int PAGE = 500;

    private final ManageSuppressions suppressions;
    private final WorkspaceId workspace;
    private final CallerSession session;
    private final Drain drain;
    private final ServerCallStreamObserver<ExportSuppressionsResponse> call;
    private final Runnable drained = this::shutDown;

    /// Guarded by this: where the next page begins, and whether anything was sent.
    private String pageToken = "";

    private boolean begun;
    private boolean ended;

    SuppressionExport(
            ManageSuppressions suppressions,
            WorkspaceId workspace,
            CallerSession session,
            Drain drain,
            ServerCallStreamObserver<ExportSuppressionsResponse> call) {
        this.suppressions = suppressions;
        this.workspace = workspace;
        this.session = session;
        this.drain = drain;
        this.call = call;
    }

    void start() {
        call.setOnCancelHandler(() -> drain.unregister(drained));
        call.setOnCloseHandler(() -> drain.unregister(drained));
        call.setOnReadyHandler(this::send);
        drain.register(drained);
        send();
    }

    /// Sends as many pages as the caller has room for.
    private synchronized void send() {
        try {
            while (!ended && call.isReady()) {
                sendPage();
            }
        } catch (RuntimeException e) {
            end(e);
        }
    }

    private void sendPage() {
        var _ = session.require();
        Page.Found<Suppression> page =
                Pages.found(suppressions.list(workspace, new ListRequest("", "", PAGE, pageToken)));
        List<List<String>> rows = new ArrayList<>(page.entries().size());
        page.entries().forEach(entry -> rows.add(SuppressionCsv.row(entry)));
        String csv = (begun ? "" : SuppressionCsv.headings()) + SuppressionCsv.write(rows);
        begun = true;
        if (!csv.isEmpty()) {
            call.onNext(
                    ExportSuppressionsResponse.newBuilder()
                            .setCsv(ByteString.copyFromUtf8(csv))
                            .build());
        }
        pageToken = page.nextPageToken();
        if (pageToken.isEmpty()) {
            ended = true;
            call.onCompleted();
        }
    }

    private void shutDown() {
        end(GrpcErrors.shuttingDown());
    }

    private synchronized void end(RuntimeException error) {
        if (!ended) {
            ended = true;
            call.onError(GrpcErrors.of(error));
        }
    }
}
