package io.campanile.example;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

import java.time.Duration;

/// What a failed call says: a code for programs that know nothing else, one reason out of
/// `error_reason.proto`, the fields at fault, and how long to wait where waiting helps. Errors made
/// by the client's own side (no connection) have a code only.
record TriggerError(Code code, ErrorInfo info, BadRequest badRequest, RetryInfo retryInfo) {

    static TriggerError of(StatusRuntimeException e) {
        Status status = StatusProto.fromThrowable(e);
        return of(e.getStatus().getCode(), status == null ? Status.getDefaultInstance() : status);
    }

    /// That of one trigger of a stream.
    static TriggerError of(Status status) {
        return of(io.grpc.Status.fromCodeValue(status.getCode()).getCode(), status);
    }

    private static TriggerError of(Code code, Status details) {
        return new TriggerError(
                code,
                detail(details, ErrorInfo.getDefaultInstance()),
                detail(details, BadRequest.getDefaultInstance()),
                detail(details, RetryInfo.getDefaultInstance()));
    }

    /// Whether the same request, with the same request id, may succeed later.
    boolean isWorthRepeating() {
        return switch (code) {
            case UNAVAILABLE, RESOURCE_EXHAUSTED, DEADLINE_EXCEEDED -> true;
            default -> false;
        };
    }

    /// How long to wait after so many attempts: what the server asks for, at least 100 ms doubled
    /// each time.
    Duration delay(int attempts) {
        Duration asked =
                Duration.ofSeconds(
                        retryInfo.getRetryDelay().getSeconds(),
                        retryInfo.getRetryDelay().getNanos());
        Duration ours = Duration.ofMillis(50L << attempts);
        return asked.compareTo(ours) > 0 ? asked : ours;
    }

    @Override
    public String toString() {
        var text = new StringBuilder(code + " " + info.getReason());
        badRequest
                .getFieldViolationsList()
                .forEach(violation ->
                        text.append(", ")
                                .append(violation.getField())
                                .append(": ")
                                .append(violation.getDescription()));
        return text.toString();
    }

    private static <T extends Message> T detail(Status status, T kind) {
        for (Any detail : status.getDetailsList()) {
            if (detail.getTypeUrl().endsWith("/" + kind.getDescriptorForType().getFullName())) {
                try {
                    @SuppressWarnings("unchecked") // the type url says so
                    T parsed = (T) kind.getParserForType().parseFrom(detail.getValue());
                    return parsed;
                } catch (InvalidProtocolBufferException ignored) {
                    return kind; // a newer server's detail: the code still tells what to do
                }
            }
        }
        return kind;
    }
}
