package io.campanile.application.message.port;

import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.EmailAddress;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.ProviderReply;
import io.campanile.domain.message.Reason;
import io.campanile.domain.profile.Identity;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;

/// A message as it stands.
///
/// @param address where it goes; absent until that is decided by the profile
/// @param reason absent where the state says all
/// @param dueTime of an open message that no node holds; of one that a pause holds, when it would
///   be due without it; absent where that has come
/// @param stateTime when it came into this state
public record MessageView(
        MessageId id,
        ExecutionId execution,
        CampaignName campaign,
        int revision,
        Identity identity,
        @Nullable EmailAddress address,
        MessageState.Kind state,
        @Nullable Reason reason,
        int attempts,
        ProviderReply reply,
        Instant createTime,
        Instant stateTime,
        Instant expireTime,
        @Nullable Instant dueTime,
        Map<String, String> metadata) {}
