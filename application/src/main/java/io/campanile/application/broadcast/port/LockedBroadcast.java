package io.campanile.application.broadcast.port;

import io.campanile.domain.broadcast.Broadcast;
import io.campanile.domain.broadcast.OpenMessages;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignName;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A broadcast that nobody else can change before the running transaction ends, with what its next
/// step depends on.
///
/// @param name of its campaign; absent when that was purged
/// @param control of its campaign, locked shared as intake and marks do
/// @param storeTime now, on the clock that all nodes share
public record LockedBroadcast(
        Broadcast broadcast,
        @Nullable CampaignName name,
        CampaignControl control,
        OpenMessages open,
        Instant storeTime) {}
