package io.campanile.grpc.suppression;

import io.campanile.application.suppression.AllowedEntryResult;
import io.campanile.application.suppression.ManageAllowedEntries;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.grpc.call.GrpcErrors;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.ViolationReason;
import io.grpc.StatusRuntimeException;

import java.time.Instant;

/// Entries of the allowed list between protobuf and the domain.
public final class AllowedEntryProtos {
    private AllowedEntryProtos() {}

    /// The entry, without its address in full unless the caller may see it.
    public static io.campanile.v1.AllowedEntry proto(AllowedEntry entry, boolean mayIdentify) {
        SuppressionTarget target = entry.target();
        var proto =
                io.campanile.v1.AllowedEntry.newBuilder()
                        .setName(entry.name())
                        .setTarget(mayIdentify ? target.value() : target.masked())
                        .setNote(mayIdentify ? entry.note() : "")
                        .setCreateTime(Times.timestamp(entry.createTime()));
        Instant expireTime = entry.expireTime();
        if (expireTime != null) {
            proto.setExpireTime(Times.timestamp(expireTime));
        }
        return proto.build();
    }

    static ManageAllowedEntries.Entry entry(io.campanile.v1.AllowedEntry proto) {
        SuppressionTarget target =
                SuppressionTarget.parse(proto.getTarget())
                        .orElseThrow(() ->
                                GrpcErrors.fieldViolation(
                                        "allowed_entry.target",
                                        ViolationReason.VIOLATION_REASON_ADDRESS_MALFORMED,
                                        SuppressionTarget.fault(proto.getTarget())));
        Instant expireTime =
                proto.hasExpireTime()
                        ? Times.instant(proto.getExpireTime())
                                .orElseThrow(AllowedEntryProtos::expireTimeOutOfRange)
                        : null;
        return new ManageAllowedEntries.Entry(target, proto.getNote(), expireTime);
    }

    private static StatusRuntimeException expireTimeOutOfRange() {
        return GrpcErrors.fieldViolation(
                "allowed_entry.expire_time",
                ViolationReason.VIOLATION_REASON_OUT_OF_RANGE,
                Times.EXPIRE_TIME_OUT_OF_RANGE);
    }

    static StatusRuntimeException error(AllowedEntryResult.NotDone result) {
        return switch (result) {
            case AllowedEntryResult.NotFound(var workspace, var id) ->
                    GrpcErrors.notFound(id.nameIn(workspace));
            case AllowedEntryResult.Exists(var entry) -> GrpcErrors.alreadyExists(entry.name());
            case AllowedEntryResult.ExpireTimeOutOfRange _ -> expireTimeOutOfRange();
            case AllowedEntryResult.RequestIdReused(var requestId, var resource) ->
                    GrpcErrors.requestIdReused(requestId, resource);
        };
    }
}
