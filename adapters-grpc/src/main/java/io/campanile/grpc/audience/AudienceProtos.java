package io.campanile.grpc.audience;

import io.campanile.application.audience.AudienceEdit;
import io.campanile.domain.audience.Audience;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Times;

/// Audiences between protobuf and the domain.
final class AudienceProtos {
    private AudienceProtos() {}

    static io.campanile.v1.Audience proto(Audience audience) {
        return io.campanile.v1.Audience.newBuilder()
                .setName(audience.name().toString())
                .setDisplayName(audience.displayName())
                .setDescription(audience.description())
                .setMemberCount(audience.memberCount())
                .setCreateTime(Times.timestamp(audience.createTime()))
                .setUpdateTime(Times.timestamp(audience.updateTime()))
                .setEtag(Edits.etag(audience.version()))
                .build();
    }

    /// What can be edited, for a field mask to work on.
    static io.campanile.v1.Audience editable(AudienceEdit edit) {
        return io.campanile.v1.Audience.newBuilder()
                .setDisplayName(edit.displayName())
                .setDescription(edit.description())
                .build();
    }

    static AudienceEdit edit(io.campanile.v1.Audience proto) {
        return new AudienceEdit(proto.getDisplayName(), proto.getDescription());
    }
}
