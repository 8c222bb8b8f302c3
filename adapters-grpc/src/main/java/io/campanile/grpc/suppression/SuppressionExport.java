package io.campanile.grpc.suppression;

import com.google.protobuf.ByteString;

import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.suppression.ManageSuppressions;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.grpc.call.ExportStream;
import io.campanile.grpc.resource.Pages;
import io.campanile.v1.ExportSuppressionsResponse;
import io.grpc.stub.ServerCallStreamObserver;

import java.util.ArrayList;
import java.util.List;

/// One export of the list, a page at a time.
final class SuppressionExport extends ExportStream<ExportSuppressionsResponse> {
    private static final int PAGE = 500;

    private final ManageSuppressions suppressions;
    private final WorkspaceId workspace;
    private String pageToken = "";
    private boolean begun;

    SuppressionExport(
            ManageSuppressions suppressions,
            WorkspaceId workspace,
            CallerSession session,
            Drain drain,
            ServerCallStreamObserver<ExportSuppressionsResponse> call) {
        super(session, drain, call);
        this.suppressions = suppressions;
        this.workspace = workspace;
    }

    @Override
    protected boolean sendNext() {
        Page.Found<Suppression> page =
                Pages.found(suppressions.list(workspace, new ListRequest("", "", PAGE, pageToken)));
        List<List<String>> rows = new ArrayList<>(page.entries().size());
        page.entries().forEach(entry -> rows.add(SuppressionCsv.row(entry)));
        String csv = (begun ? "" : SuppressionCsv.headings()) + SuppressionCsv.write(rows);
        begun = true;
        if (!csv.isEmpty()) {
            send(
                    ExportSuppressionsResponse.newBuilder()
                            .setCsv(ByteString.copyFromUtf8(csv))
                            .build());
        }
        pageToken = page.nextPageToken();
        return !pageToken.isEmpty();
    }
}
