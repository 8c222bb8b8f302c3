package io.campanile.application.delivery;

import io.campanile.application.content.port.Payload;
import io.campanile.application.delivery.port.Claim;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.ClaimHistory;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.profile.Identity;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A claimed message in this node's memory.
///
/// @param address where the call sends it; absent when it leaves that to the profile
/// @param leaseEndTime when the claim is void
/// @param attempts how often it was marked
public record Deliverable(
        Claim claim,
        CampaignId campaign,
        int revision,
        Lane lane,
        Identity identity,
        @Nullable EmailAddress address,
        Payload payload,
        Instant expireTime,
        Instant leaseEndTime,
        int attempts,
        ClaimHistory history) {

    public MessageId id() {
        return claim.message();
    }

    @Override
    public String toString() {
        return "Deliverable[" + claim + "]";
    }
}
