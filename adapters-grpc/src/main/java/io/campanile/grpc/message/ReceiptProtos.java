package io.campanile.grpc.message;

import io.campanile.application.receipt.ReceiptResult;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.receipt.ReceiptKind;
import io.campanile.domain.receipt.ReceiptRefusal;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.grpc.call.RequestSyntax;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.Receipt;
import io.campanile.v1.RecordedReceipt;
import io.campanile.v1.RejectedReceipt;
import io.campanile.v1.RejectedReceipt.Reason;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Receipts and what comes of them between protobuf and the application.
final class ReceiptProtos {
    private static final String MESSAGE_UNKNOWN = "is about no message of this workspace";

    private final RequestSyntax syntax;
    private final WorkspaceId workspace;
    private final Instant now;

    /// @param workspace whose messages may be reported of
    ReceiptProtos(RequestSyntax syntax, WorkspaceId workspace, Instant now) {
        this.syntax = syntax;
        this.workspace = workspace;
        this.now = now;
    }

    /// A receipt as it was read.
    sealed interface Read {
        record WellFormed(io.campanile.domain.receipt.Receipt receipt) implements Read {}

        record Wrong(RejectedReceipt rejected) implements Read {}
    }

    Read read(Receipt proto) {
        List<FieldProblem> problems = syntax.check(proto);
        if (!problems.isEmpty()) {
            return malformed(
                    problems.stream()
                            .map(problem -> problem.field() + ": " + problem.description())
                            .collect(Collectors.joining("; ")));
        }
        if (proto.hasEventTime() && Times.instant(proto.getEventTime()).isEmpty()) {
            return malformed("event_time: " + Times.NO_TIME);
        }
        boolean bounced = proto.getKind() == Receipt.Kind.KIND_BOUNCED;
        if (bounced == proto.getStatus().isEmpty()) {
            return malformed("status: is needed of what bounced, and of nothing else");
        }
        if (!bounced && !proto.getDiagnostic().isEmpty()) {
            return malformed("diagnostic: is taken of what bounced only");
        }
        return message(proto)
                .<Read>map(message -> new Read.WellFormed(receipt(proto, message)))
                .orElseGet(() ->
                        new Read.Wrong(rejected(Reason.REASON_MESSAGE_UNKNOWN, MESSAGE_UNKNOWN)));
    }

    private static Read malformed(String description) {
        return new Read.Wrong(rejected(Reason.REASON_MALFORMED, description));
    }

    /// What names a message of another workspace, or has the form of a name only, names nothing.
    private Optional<MessageId> message(Receipt proto) {
        if (proto.hasMailMessageId()) {
            return MessageId.ofHeader(proto.getMailMessageId());
        }
        String name = proto.getMessage();
        return Names.workspace(name).equals(workspace)
                ? Names.optionalMessage(name)
                : Optional.empty();
    }

    private io.campanile.domain.receipt.Receipt receipt(Receipt proto, MessageId message) {
        return new io.campanile.domain.receipt.Receipt(
                message,
                proto.getReceiptId(),
                kind(proto.getKind()),
                proto.getStatus(),
                proto.getDiagnostic(),
                proto.hasEventTime()
                        ? Times.instant("event_time", proto.getEventTime())
                                .truncatedTo(ChronoUnit.MICROS)
                        : now);
    }

    private static ReceiptKind kind(Receipt.Kind kind) {
        return switch (kind) {
            case KIND_DELIVERED -> ReceiptKind.DELIVERED;
            case KIND_BOUNCED -> ReceiptKind.BOUNCED;
            case KIND_COMPLAINED -> ReceiptKind.COMPLAINED;
            case KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("an unchecked kind: " + kind);
        };
    }

    static io.campanile.v1.ReceiptResult proto(WorkspaceId workspace, ReceiptResult result) {
        return switch (result) {
            case ReceiptResult.Recorded(var message, var state, var duplicate) ->
                    io.campanile.v1.ReceiptResult.newBuilder()
                            .setRecorded(
                                    RecordedReceipt.newBuilder()
                                            .setMessage(Names.of(workspace, message))
                                            .setState(MessageProtos.state(state))
                                            .setDuplicate(duplicate))
                            .build();
            case ReceiptResult.Rejected(var why) -> proto(rejected(why));
        };
    }

    static io.campanile.v1.ReceiptResult proto(RejectedReceipt rejected) {
        return io.campanile.v1.ReceiptResult.newBuilder().setRejected(rejected).build();
    }

    private static RejectedReceipt rejected(ReceiptRefusal why) {
        return switch (why) {
            case MESSAGE_UNKNOWN -> rejected(Reason.REASON_MESSAGE_UNKNOWN, MESSAGE_UNKNOWN);
            case MESSAGE_OPEN ->
                    rejected(
                            Reason.REASON_MESSAGE_OPEN,
                            "the message is open: report it again when it has settled");
            case MESSAGE_NOT_SENT ->
                    rejected(
                            Reason.REASON_MESSAGE_NOT_SENT,
                            "no provider took the message: nothing can have become of it");
            case TIME_WRONG ->
                    rejected(
                            Reason.REASON_MALFORMED,
                            "event_time: is before the message was accepted, or still to come");
        };
    }

    private static RejectedReceipt rejected(Reason reason, String description) {
        return RejectedReceipt.newBuilder().setReason(reason).setDescription(description).build();
    }
}
