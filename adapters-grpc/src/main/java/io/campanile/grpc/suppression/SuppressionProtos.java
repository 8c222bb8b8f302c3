package io.campanile.grpc.suppression;

import io.campanile.application.suppression.ManageSuppressions;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.resource.Times;

import java.time.Instant;

/// Entries of the suppression list between protobuf and the domain.
public final class SuppressionProtos {
    private SuppressionProtos() {}

    /// The entry, without its address in full unless the caller may see it.
    public static io.campanile.v1.Suppression proto(Suppression suppression, boolean mayIdentify) {
        SuppressionTarget target = suppression.target();
        var proto =
                io.campanile.v1.Suppression.newBuilder()
                        .setName(suppression.name())
                        .setTarget(mayIdentify ? target.value() : target.masked())
                        .setReason(
                                Enums.proto(
                                        io.campanile.v1.Suppression.Reason.class,
                                        "REASON_",
                                        suppression.reason()))
                        .setNote(mayIdentify ? suppression.note() : "")
                        .setCreateTime(Times.timestamp(suppression.createTime()));
        Instant expireTime = suppression.expireTime();
        if (expireTime != null) {
            proto.setExpireTime(Times.timestamp(expireTime));
        }
        return proto.build();
    }

    static ManageSuppressions.Entry entry(io.campanile.v1.Suppression proto) {
        SuppressionTarget target =
                SuppressionTarget.parse(proto.getTarget())
                        .orElseThrow(() ->
                                SuppressionErrors.targetMalformed(
                                        SuppressionErrors.SUPPRESSION, proto.getTarget()));
        Instant expireTime =
                proto.hasExpireTime()
                        ? Times.instant(proto.getExpireTime())
                                .orElseThrow(() ->
                                        SuppressionErrors.expireTimeOutOfRange(
                                                SuppressionErrors.SUPPRESSION))
                        : null;
        return new ManageSuppressions.Entry(
                target, reason(proto.getReason()), proto.getNote(), expireTime);
    }

    private static SuppressionReason reason(io.campanile.v1.Suppression.Reason reason) {
        return switch (reason) {
            case REASON_UNSPECIFIED, REASON_MANUAL, UNRECOGNIZED -> SuppressionReason.MANUAL;
            case REASON_HARD_BOUNCE -> SuppressionReason.HARD_BOUNCE;
            case REASON_SOFT_BOUNCES -> SuppressionReason.SOFT_BOUNCES;
            case REASON_COMPLAINT -> SuppressionReason.COMPLAINT;
        };
    }
}
