package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.Status;

import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;

import java.util.ArrayList;
import java.util.List;

/// The errors of calls, and what their details tell.
public final class ErrorDetails {
    private ErrorDetails() {}

    public static StatusRuntimeException refusal(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call);
    }

    public static String reason(ThrowingCallable call) {
        return reason(refusal(call));
    }

    /// Without `ERROR_REASON_` in front.
    public static String reason(StatusRuntimeException refusal) {
        return info(refusal).getReason();
    }

    public static ErrorInfo info(StatusRuntimeException refusal) {
        return details(refusal, ErrorInfo.class).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no ErrorInfo", refusal));
    }

    /// What is in the way: type, subject and description of each.
    public static List<Tuple> inTheWay(StatusRuntimeException refusal) {
        return details(refusal, PreconditionFailure.class).stream()
                .flatMap(failure -> failure.getViolationsList().stream())
                .map(each -> tuple(each.getType(), each.getSubject(), each.getDescription()))
                .toList();
    }

    public static List<FieldViolation> violations(StatusRuntimeException refusal) {
        return details(refusal, BadRequest.class).stream()
                .flatMap(request -> request.getFieldViolationsList().stream())
                .toList();
    }

    public static List<String> fields(StatusRuntimeException refusal) {
        return violations(refusal).stream().map(FieldViolation::getField).toList();
    }

    /// The fields, each with its reason after a space.
    public static List<String> fieldReasons(StatusRuntimeException refusal) {
        return violations(refusal).stream()
                .map(violation -> violation.getField() + " " + violation.getReason())
                .toList();
    }

    static <M extends Message> List<M> details(StatusRuntimeException refusal, Class<M> type) {
        Status proto = StatusProto.fromThrowable(refusal);
        if (proto == null) {
            throw new AssertionError("no details", refusal);
        }
        List<M> details = new ArrayList<>();
        for (Any detail : proto.getDetailsList()) {
            if (detail.is(type)) {
                details.add(unpacked(detail, type));
            }
        }
        return details;
    }

    private static <M extends Message> M unpacked(Any detail, Class<M> type) {
        try {
            return detail.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
