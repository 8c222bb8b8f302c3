package io.campanile.application.delivery;

import io.campanile.application.content.port.Payload;
import io.campanile.application.delivery.port.Claim;
import io.campanile.application.delivery.port.MessageQueue;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.ClaimHistory;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.Tries;
import io.campanile.domain.profile.Identity;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A claimed message in this node's memory.
///
/// @param address where the call sends it; absent when it leaves that to the profile
/// @param places the room it takes in memory
/// @param leaseEndTime when the claim is void
public record Deliverable(
        Claim claim,
        CampaignId campaign,
        int revision,
        Lane lane,
        Identity identity,
        @Nullable EmailAddress address,
        Payload payload,
        int places,
        Instant expireTime,
        Instant leaseEndTime,
        Tries tries,
        ClaimHistory history) {

    public MessageId id() {
        return claim.message();
    }

    /// When its claim began.
    Instant claimTime() {
        return leaseEndTime.minus(MessageQueue.CLAIM_LEASE);
    }

    /// Each message once. What was given back as a stray and claimed anew can be there under both
    /// claims, of which only the newer one can be valid.
    static List<Deliverable> newestClaims(List<Deliverable> messages) {
        Map<MessageId, Deliverable> newest = new LinkedHashMap<>();
        messages.forEach(message -> newest.merge(message.id(), message, Deliverable::newer));
        return List.copyOf(newest.values());
    }

    private Deliverable newer(Deliverable other) {
        return claim.epoch().value() < other.claim.epoch().value() ? other : this;
    }

    @Override
    public String toString() {
        return "Deliverable[" + claim + "]";
    }
}
