package io.campanile.grpc.resource;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.campanile.grpc.call.GrpcErrors;
import io.campanile.v1.ViolationReason;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Times and durations between protobuf and Java.
public final class Times {
    /// What is wrong with a timestamp that is no instant.
    public static final String NO_TIME = "is not a time between the years 1 and 9999";

    /// What is wrong with a time at which nothing may expire.
    public static final String EXPIRE_TIME_OUT_OF_RANGE =
            "must lie ahead, at 9999-12-31T23:59:59Z at the latest";

    private Times() {}

    /// The instant, to the microsecond, which is what can be kept of it; or nothing when the
    /// timestamp is outside what protobuf allows.
    public static Optional<Instant> instant(Timestamp timestamp) {
        return Timestamps.isValid(timestamp)
                ? Optional.of(
                        Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos())
                                .truncatedTo(ChronoUnit.MICROS))
                : Optional.empty();
    }

    /// The instant of a field of a request.
    public static Instant instant(String field, Timestamp timestamp) {
        return instant(timestamp)
                .orElseThrow(() ->
                        GrpcErrors.fieldViolation(
                                field, ViolationReason.VIOLATION_REASON_OUT_OF_RANGE, NO_TIME));
    }

    public static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    public static Duration duration(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    public static com.google.protobuf.Duration duration(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
