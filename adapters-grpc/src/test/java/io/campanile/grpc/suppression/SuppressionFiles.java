package io.campanile.grpc.suppression;

import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.CreateSuppressionRequest;
import io.campanile.v1.ExportSuppressionsRequest;
import io.campanile.v1.ExportSuppressionsResponse;
import io.campanile.v1.ImportSuppressionsRequest;
import io.campanile.v1.ImportSuppressionsResponse;
import io.campanile.v1.ImportedSuppression;
import io.campanile.v1.ListSuppressionsRequest;
import io.campanile.v1.Suppression;
import io.campanile.v1.SuppressionServiceGrpc;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Imports and exports the suppression list of a world.
final class SuppressionFiles {
    final List<ImportedSuppression> reports = new ArrayList<>();
    private final GrpcWorld world;

    SuppressionFiles(GrpcWorld world) {
        this.world = world;
    }

    private SuppressionServiceGrpc.SuppressionServiceBlockingStub operator() {
        return world.stub(SuppressionServiceGrpc::newBlockingStub, Role.OPERATOR);
    }

    SuppressionServiceGrpc.SuppressionServiceStub calls() {
        return world.stub(SuppressionServiceGrpc::newStub, Role.OPERATOR);
    }

    String exported() {
        var file = new StringBuilder();
        operator()
                .exportSuppressions(ExportSuppressionsRequest.newBuilder().setParent(OWN).build())
                .forEachRemaining(piece -> file.append(text(piece)));
        return file.toString();
    }

    private static String text(ExportSuppressionsResponse piece) {
        return piece.getCsv().toStringUtf8();
    }

    List<Suppression> listed() {
        return operator()
                .listSuppressions(
                        ListSuppressionsRequest.newBuilder()
                                .setParent(OWN)
                                .setPageSize(500)
                                .build())
                .getSuppressionsList();
    }

    void suppress(String target) {
        var _ =
                operator()
                        .createSuppression(
                                CreateSuppressionRequest.newBuilder()
                                        .setParent(OWN)
                                        .setSuppression(Suppression.newBuilder().setTarget(target))
                                        .build());
    }

    StatusRuntimeException failure(byte[] file) {
        var thrown =
                catchThrowableOfType(CompletionException.class, () -> importFile(file, 50_000));
        if (thrown.getCause() instanceof StatusRuntimeException refused) {
            return refused;
        }
        throw new AssertionError(thrown);
    }

    void importFile(String file, int piece) {
        importFile(file.getBytes(StandardCharsets.UTF_8), piece);
    }

    private void importFile(byte[] file, int piece) {
        var done = new CompletableFuture<Boolean>();
        var call = calls().importSuppressions(new Reports(reports, done));
        for (int sent = 0; sent == 0 || sent < file.length; sent += piece) {
            int length = Math.min(piece, file.length - sent);
            call.onNext(
                    ImportSuppressionsRequest.newBuilder()
                            .setParent(OWN)
                            .setCsv(ByteString.copyFrom(file, sent, length))
                            .build());
        }
        call.onCompleted();
        done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private record Reports(List<ImportedSuppression> reports, CompletableFuture<Boolean> done)
            implements StreamObserver<ImportSuppressionsResponse> {
        @Override
        public void onNext(ImportSuppressionsResponse answer) {
            reports.addAll(answer.getSuppressionsList());
        }

        @Override
        public void onError(Throwable error) {
            done.completeExceptionally(error);
        }

        @Override
        public void onCompleted() {
            done.complete(true);
        }
    }
}
