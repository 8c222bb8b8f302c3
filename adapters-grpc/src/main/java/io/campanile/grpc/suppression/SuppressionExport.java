package io.campanile.grpc.suppression;

import com.google.protobuf.ByteString;

import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.suppression.ManageSuppressions;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.CallerSession;
import io.campanile.grpc.call.Drain;
import io.campanile.v1.ExportSuppressionsResponse;
import io.grpc.stub.ServerCallStreamObserver;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// One export of the suppression list.
final class SuppressionExport extends ListExport<ExportSuppressionsResponse, Suppression> {
    private final ManageSuppressions suppressions;
    private final WorkspaceId workspace;

    SuppressionExport(
            ManageSuppressions suppressions,
            WorkspaceId workspace,
            InstantSource clock,
            CallerSession session,
            Drain drain,
            ServerCallStreamObserver<ExportSuppressionsResponse> call) {
        super(ListCsv.SUPPRESSIONS, clock, session, drain, call);
        this.suppressions = suppressions;
        this.workspace = workspace;
    }

    @Override
    Page<Suppression> page(ListRequest request) {
        return suppressions.list(workspace, request);
    }

    @Override
    boolean isInForce(Suppression entry, Instant now) {
        return entry.isInForce(now);
    }

    @Override
    List<String> row(Suppression entry) {
        return List.of(
                entry.target().value(),
                entry.reason().name(),
                entry.note(),
                ListCsv.text(entry.createTime()),
                ListCsv.text(entry.expireTime()));
    }

    @Override
    ExportSuppressionsResponse answer(ByteString csv) {
        return ExportSuppressionsResponse.newBuilder().setCsv(csv).build();
    }
}
