package io.campanile.grpc.suppression;

import io.campanile.application.suppression.AllowedEntryResult;
import io.campanile.application.suppression.SuppressionResult;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.ViolationReason;
import io.grpc.StatusRuntimeException;

/// What both lists refuse, as statuses.
final class SuppressionErrors {
    /// The field of a suppression's request.
    static final String SUPPRESSION = "suppression";

    /// The field of an allowed entry's request.
    static final String ALLOWED_ENTRY = "allowed_entry";

    private SuppressionErrors() {}

    static StatusRuntimeException error(SuppressionResult.NotDone result) {
        return switch (result) {
            case SuppressionResult.NotFound(var workspace, var id) ->
                    GrpcErrors.notFound(id.nameIn(workspace));
            case SuppressionResult.Exists(var suppression) ->
                    GrpcErrors.alreadyExists(suppression.name());
            case SuppressionResult.ExpireTimeOutOfRange _ -> expireTimeOutOfRange(SUPPRESSION);
            case SuppressionResult.RequestIdReused(var requestId, var resource) ->
                    GrpcErrors.requestIdReused(requestId, resource);
        };
    }

    static StatusRuntimeException error(AllowedEntryResult.NotDone result) {
        return switch (result) {
            case AllowedEntryResult.NotFound(var workspace, var id) ->
                    GrpcErrors.notFound(id.nameIn(workspace));
            case AllowedEntryResult.Exists(var entry) -> GrpcErrors.alreadyExists(entry.name());
            case AllowedEntryResult.ExpireTimeOutOfRange _ -> expireTimeOutOfRange(ALLOWED_ENTRY);
            case AllowedEntryResult.RequestIdReused(var requestId, var resource) ->
                    GrpcErrors.requestIdReused(requestId, resource);
        };
    }

    /// The expiry of an entry that a request has in this field cannot be stored.
    static StatusRuntimeException expireTimeOutOfRange(String entry) {
        return GrpcErrors.fieldViolation(
                entry + ".expire_time",
                ViolationReason.VIOLATION_REASON_OUT_OF_RANGE,
                Times.EXPIRE_TIME_OUT_OF_RANGE);
    }

    /// The target of an entry that a request has in this field is neither address nor domain.
    static StatusRuntimeException targetMalformed(String entry, String target) {
        return GrpcErrors.fieldViolation(
                entry + ".target",
                ViolationReason.VIOLATION_REASON_ADDRESS_MALFORMED,
                SuppressionTarget.fault(target));
    }
}
