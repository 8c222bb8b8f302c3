package io.campanile.grpc.call;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;

import io.campanile.v1.ErrorReason;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// What an error tells programs.
///
/// @param retryDelay of the `RetryInfo`; absent without one
/// @param pushback the trailer that gRPC clients obey; absent without it
public record Refused(
        Code code, ErrorReason reason, @Nullable Duration retryDelay, @Nullable Duration pushback) {
    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    /// An error that no other call helps against.
    public static Refused forGood(Code code, ErrorReason reason) {
        return new Refused(code, reason, null, null);
    }

    /// An error that says twice when to come back.
    public static Refused forNow(Code code, ErrorReason reason, Duration delay) {
        return new Refused(code, reason, delay, delay);
    }

    public static Refused of(StatusRuntimeException error) {
        com.google.rpc.Status proto = StatusProto.fromThrowable(error);
        if (proto == null) {
            throw new AssertionError("no details", error);
        }
        ErrorInfo info = detail(proto, ErrorInfo.class);
        RetryInfo retry = detail(proto, RetryInfo.class);
        String millis = GrpcErrors.trailers(error).get(PUSHBACK);
        return new Refused(
                error.getStatus().getCode(),
                ErrorReason.valueOf("ERROR_REASON_" + (info == null ? "" : info.getReason())),
                retry == null ? null : duration(retry.getRetryDelay()),
                millis == null ? null : Duration.ofMillis(Long.parseLong(millis)));
    }

    private static Duration duration(com.google.protobuf.Duration delay) {
        return Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
    }

    private static <M extends Message> @Nullable M detail(
            com.google.rpc.Status proto, Class<M> type) {
        for (Any any : proto.getDetailsList()) {
            if (any.is(type)) {
                try {
                    return any.unpack(type);
                } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return null;
    }
}
