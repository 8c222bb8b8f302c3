package io.campanile.grpc.audience;

import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDefinition;
import io.campanile.domain.eligibility.AudienceEstimate;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.resource.Edits;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.EstimateAudienceResponse;
import io.campanile.v1.Message;

/// Audiences between protobuf and the domain.
final class AudienceProtos {
    private AudienceProtos() {}

    static io.campanile.v1.Audience proto(Audience audience) {
        return editable(audience.definition()).toBuilder()
                .setName(audience.name().toString())
                .setMemberCount(audience.memberCount())
                .setCreateTime(Times.timestamp(audience.createTime()))
                .setUpdateTime(Times.timestamp(audience.updateTime()))
                .setEtag(Edits.etag(audience.version()))
                .build();
    }

    /// What can be edited, for a field mask to work on.
    static io.campanile.v1.Audience editable(AudienceDefinition definition) {
        return io.campanile.v1.Audience.newBuilder()
                .setDisplayName(definition.displayName())
                .setDescription(definition.description())
                .setRule(definition.rule())
                .build();
    }

    static AudienceDefinition definition(io.campanile.v1.Audience proto) {
        return new AudienceDefinition(
                proto.getDisplayName(), proto.getDescription(), proto.getRule());
    }

    static EstimateAudienceResponse proto(AudienceEstimate estimate) {
        var response =
                EstimateAudienceResponse.newBuilder()
                        .setMemberCount(estimate.members())
                        .setSampleSize(estimate.sample())
                        .setIncludedCount(estimate.included())
                        .setDeferredCount(estimate.deferred());
        for (AudienceEstimate.Excluded excluded : estimate.excluded()) {
            response.addExclusionsBuilder()
                    .setReason(Enums.proto(Message.Reason.class, "REASON_", excluded.reason()))
                    .setCount(excluded.count());
        }
        return response.build();
    }
}
