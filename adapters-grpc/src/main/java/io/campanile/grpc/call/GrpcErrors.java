package io.campanile.grpc.call;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.RetryInfo;

import io.campanile.v1.ErrorReason;
import io.campanile.v1.ViolationReason;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The only class that builds statuses, so that every one of them keeps the promise of the API: one
/// `ErrorInfo`, the fields concerned, and when to come back. Nothing internal gets in: no message
/// of an exception, no value of a field.
public final class GrpcErrors {
    /// The domain of every `ErrorInfo`.
    public static final String DOMAIN = "campanile.io";

    /// How long callers wait when nothing better is known.
    static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private static final String REASON_PREFIX = "ERROR_REASON_";
    private static final Metadata.Key<com.google.rpc.Status> DETAILS =
            Metadata.Key.of(
                    "grpc-status-details-bin",
                    ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

    /// gRPC clients obey this and ignore `RetryInfo`.
    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private GrpcErrors() {}

    /// An error with nothing but its reason.
    ///
    /// @param metadata as the example of the reason in `error_reason.proto` has it
    public static StatusRuntimeException error(
            Code code, ErrorReason reason, String text, Map<String, String> metadata) {
        return error(code, reason, text, metadata, List.of());
    }

    public static StatusRuntimeException malformedRequest(String text) {
        return error(
                Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_MALFORMED_REQUEST, text, Map.of());
    }

    /// Some fields of the request break a rule.
    public static StatusRuntimeException fieldViolations(List<FieldProblem> problems) {
        return badRequest(ErrorReason.ERROR_REASON_FIELD_VIOLATION, Map.of(), problems);
    }

    /// One field of the request breaks a rule.
    public static StatusRuntimeException fieldViolation(
            String field, ViolationReason reason, String description) {
        return fieldViolations(List.of(new FieldProblem(field, reason, description)));
    }

    /// `INVALID_ARGUMENT` for any reason that concerns fields.
    public static StatusRuntimeException badRequest(
            ErrorReason reason, Map<String, String> metadata, List<FieldProblem> problems) {
        return badRequest(reason, metadata, problems, "");
    }

    /// @param bound what comes before a number of problems that may be higher
    static StatusRuntimeException badRequest(
            ErrorReason reason,
            Map<String, String> metadata,
            List<FieldProblem> problems,
            String bound) {
        String text =
                problems.size() == 1
                        ? problems.getFirst().field() + ": " + problems.getFirst().description()
                        : bound + problems.size() + " fields are wrong";
        var violations = problems.stream().map(FieldProblem::toProto).toList();
        BadRequest details =
                ErrorSizes.badRequest(violations, bound, ErrorSizes.room(text, metadata));
        return error(Code.INVALID_ARGUMENT, reason, text, metadata, List.of(Any.pack(details)));
    }

    /// The name of a resource the caller may not know of, or that is not there: the two look alike.
    public static StatusRuntimeException notFound(String resource) {
        return notFound(resource, resource + " does not exist");
    }

    /// As [#notFound(String)], in words of its own.
    public static StatusRuntimeException notFound(String resource, String text) {
        return error(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
                text,
                Map.of("resource", resource));
    }

    public static StatusRuntimeException alreadyExists(String resource) {
        return error(
                Code.ALREADY_EXISTS,
                ErrorReason.ERROR_REASON_RESOURCE_EXISTS,
                resource + " exists",
                Map.of("resource", resource));
    }

    /// A request id belongs to another request.
    ///
    /// @param resource the name of what that made or changed
    public static StatusRuntimeException requestIdReused(String requestId, String resource) {
        return requestIdReused(Map.of("requestId", requestId, "resource", resource));
    }

    /// The same of a trigger.
    ///
    /// @param execution the name of what the other request started
    public static StatusRuntimeException triggerRequestIdReused(
            String requestId, String execution) {
        return requestIdReused(Map.of("requestId", requestId, "execution", execution));
    }

    private static StatusRuntimeException requestIdReused(Map<String, String> metadata) {
        return error(
                Code.ALREADY_EXISTS,
                ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
                "the request id was used for another request",
                metadata);
    }

    public static StatusRuntimeException etagMismatch(String resource, String currentEtag) {
        return error(
                Code.ABORTED,
                ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                resource + " was changed meanwhile",
                Map.of("resource", resource, "etag", currentEtag));
    }

    /// Something is not in the state the call needs.
    public static StatusRuntimeException failedPrecondition(
            ErrorReason reason, String text, Map<String, String> metadata) {
        return error(Code.FAILED_PRECONDITION, reason, text, metadata);
    }

    /// As [#failedPrecondition], with everything that is in the way.
    public static StatusRuntimeException failedPrecondition(
            ErrorReason reason,
            String text,
            Map<String, String> metadata,
            List<PreconditionFailure.Violation> violations) {
        return error(
                Code.FAILED_PRECONDITION,
                reason,
                text,
                metadata,
                List.of(
                        Any.pack(
                                ErrorSizes.preconditions(
                                        violations, ErrorSizes.room(text, metadata)))));
    }

    /// Too much at once; worth another call after the delay.
    public static StatusRuntimeException exhausted(
            ErrorReason reason, String text, Duration retryDelay) {
        return retryable(Code.RESOURCE_EXHAUSTED, reason, text, retryDelay);
    }

    /// Too many calls that take long are under way; nothing was done.
    public static StatusRuntimeException longCallsFull() {
        return exhausted(
                ErrorReason.ERROR_REASON_LONG_CALLS_FULL,
                "too many calls that take long are under way",
                RETRY_DELAY);
    }

    /// The database is away.
    public static StatusRuntimeException databaseUnavailable(Duration retryDelay) {
        return retryable(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_DATABASE_UNAVAILABLE,
                "the database cannot be reached or answers too late",
                retryDelay);
    }

    /// The campaign is about to be in another state.
    public static StatusRuntimeException campaignChanging() {
        return retryable(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_CAMPAIGN_CHANGING,
                "the campaign is about to start, or was changed while this call came",
                RETRY_DELAY);
    }

    public static StatusRuntimeException shuttingDown(Duration retryDelay) {
        return retryable(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_SHUTTING_DOWN,
                "the node is stopping",
                retryDelay);
    }

    public static StatusRuntimeException shuttingDown() {
        return shuttingDown(RETRY_DELAY);
    }

    public static StatusRuntimeException deadlinePassed() {
        return error(
                Code.DEADLINE_EXCEEDED,
                ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED,
                "the deadline of the call has passed",
                Map.of());
    }

    /// Worth another call after the delay.
    static StatusRuntimeException retryable(
            Code code, ErrorReason reason, String text, Duration delay) {
        var retry =
                RetryInfo.newBuilder()
                        .setRetryDelay(
                                com.google.protobuf.Duration.newBuilder()
                                        .setSeconds(delay.getSeconds())
                                        .setNanos(delay.getNano()));
        StatusRuntimeException error =
                error(code, reason, text, Map.of(), List.of(Any.pack(retry.build())));
        trailers(error).put(PUSHBACK, Long.toString(Math.max(1, delay.toMillis())));
        return error;
    }

    private static StatusRuntimeException error(
            Code code,
            ErrorReason reason,
            String longText,
            Map<String, String> metadata,
            List<Any> details) {
        String text = ErrorSizes.text(longText);
        var info =
                ErrorInfo.newBuilder()
                        .setDomain(DOMAIN)
                        .setReason(reason.name().substring(REASON_PREFIX.length()))
                        .putAllMetadata(ErrorSizes.metadata(metadata));
        var proto =
                com.google.rpc.Status.newBuilder()
                        .setCode(code.value())
                        .setMessage(text)
                        .addDetails(Any.pack(info.build()))
                        .addAllDetails(details);
        Metadata trailers = new Metadata();
        trailers.put(DETAILS, proto.build());
        return new ApiException(Status.fromCode(code).withDescription(text), trailers);
    }

    /// The error as a message, for answers that carry errors inside a stream.
    public static com.google.rpc.Status toProto(StatusRuntimeException error) {
        com.google.rpc.Status proto = trailers(error).get(DETAILS);
        if (proto == null) {
            throw new IllegalArgumentException("not made here: " + error.getStatus().getCode());
        }
        return proto;
    }

    /// Whether a reply was made here and so keeps the promise.
    static boolean keepsPromise(Status status, Metadata trailers) {
        return status.isOk() || trailers.containsKey(DETAILS);
    }

    static Metadata trailers(StatusRuntimeException error) {
        Metadata trailers = error.getTrailers();
        return trailers == null ? new Metadata() : trailers;
    }
}
