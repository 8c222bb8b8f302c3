package io.campanile.application.delivery.port;

import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.message.ClaimHistory;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.Lane;
import io.campanile.domain.message.Tries;
import io.campanile.domain.profile.Identity;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A message read back from the queue together with the claim on it.
///
/// @param address where the call sends it, as it is stored: what was an address once may be none by
///   the rules of today; absent when the call leaves that to the profile
/// @param payload absent when it is the one that all messages of the execution share
/// @param inDoubt whether it stood in `SENDING` when it was claimed: its owner died in between
public record ClaimedMessage(
        Claim claim,
        ExecutionId execution,
        CampaignId campaign,
        int revision,
        Lane lane,
        Identity identity,
        @Nullable String address,
        byte @Nullable [] payload,
        @Nullable SealedSecret sensitive,
        Instant expireTime,
        Tries tries,
        ClaimHistory history,
        boolean inDoubt) {

    /// The room it takes in memory; what a whole execution shares takes none.
    public int places() {
        return MessageQueue.placesFor(
                (payload == null ? 0 : payload.length)
                        + (sensitive == null ? 0 : sensitive.bytes().length));
    }

    @Override
    public String toString() {
        return "ClaimedMessage[" + claim + "]";
    }
}
