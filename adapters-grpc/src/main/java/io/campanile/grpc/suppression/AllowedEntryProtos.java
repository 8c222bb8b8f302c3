package io.campanile.grpc.suppression;

import io.campanile.application.suppression.ManageAllowedEntries;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.grpc.resource.Times;

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
                                SuppressionErrors.targetMalformed(
                                        SuppressionErrors.ALLOWED_ENTRY, proto.getTarget()));
        Instant expireTime =
                proto.hasExpireTime()
                        ? Times.instant(proto.getExpireTime())
                                .orElseThrow(() ->
                                        SuppressionErrors.expireTimeOutOfRange(
                                                SuppressionErrors.ALLOWED_ENTRY))
                        : null;
        return new ManageAllowedEntries.Entry(target, proto.getNote(), expireTime);
    }
}
