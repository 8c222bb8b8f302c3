package io.campanile.grpc.message;

import io.campanile.application.receipt.ReceiptResult;
import io.campanile.application.receipt.RecordReceipts;
import io.campanile.domain.receipt.Receipt;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.Callers;
import io.campanile.grpc.call.OwnResource;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.grpc.message.ReceiptProtos.Read;
import io.campanile.grpc.resource.Names;
import io.campanile.v1.RecordReceiptsRequest;
import io.campanile.v1.RecordReceiptsResponse;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/// What is reported of messages, for `MessageService`.
final class ReceiptCalls {
    private final RecordReceipts receipts;
    private final RequestSyntax syntax;
    private final InstantSource clock;

    ReceiptCalls(RecordReceipts receipts, RequestSyntax syntax, InstantSource clock) {
        this.receipts = receipts;
        this.syntax = syntax;
        this.clock = clock;
    }

    RecordReceiptsResponse record(RecordReceiptsRequest request) {
        OwnResource.require(syntax.checkRules(request), Callers.current(), request.getParent());
        WorkspaceId workspace = Names.workspace(request.getParent());
        var protos =
                new ReceiptProtos(
                        syntax, workspace, clock.instant().truncatedTo(ChronoUnit.MICROS));
        List<Read> read = request.getReceiptsList().stream().map(protos::read).toList();
        return answer(workspace, read, recorded(workspace, read, request.getValidateOnly()));
    }

    private Iterator<ReceiptResult> recorded(
            WorkspaceId workspace, List<Read> read, boolean validateOnly) {
        List<Receipt> wellFormed =
                read.stream()
                        .flatMap(next ->
                                next instanceof Read.WellFormed(var receipt)
                                        ? Stream.of(receipt)
                                        : Stream.empty())
                        .toList();
        return receipts.record(workspace, wellFormed, validateOnly).iterator();
    }

    private static RecordReceiptsResponse answer(
            WorkspaceId workspace, List<Read> read, Iterator<ReceiptResult> results) {
        var response = RecordReceiptsResponse.newBuilder();
        for (Read next : read) {
            response.addResults(
                    switch (next) {
                        case Read.WellFormed _ -> ReceiptProtos.proto(workspace, results.next());
                        case Read.Wrong(var rejected) -> ReceiptProtos.proto(rejected);
                    });
        }
        return response.build();
    }
}
