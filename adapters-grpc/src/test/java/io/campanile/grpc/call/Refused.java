package io.campanile.grpc.call;

import com.google.rpc.RetryInfo;

import io.campanile.v1.ErrorReason;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

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
        List<RetryInfo> retry = ErrorDetails.details(error, RetryInfo.class);
        String millis = GrpcErrors.trailers(error).get(PUSHBACK);
        return new Refused(
                error.getStatus().getCode(),
                ErrorReason.valueOf("ERROR_REASON_" + ErrorDetails.reason(error)),
                retry.isEmpty() ? null : duration(retry.getFirst().getRetryDelay()),
                millis == null ? null : Duration.ofMillis(Long.parseLong(millis)));
    }

    private static Duration duration(com.google.protobuf.Duration delay) {
        return Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
    }
}
