package io.campanile.application.broadcast.port;

import io.campanile.domain.broadcast.Broadcast;
import io.campanile.domain.campaign.CampaignControl;

/// A broadcast that nobody else can change before the running transaction ends, with what its next
/// step depends on.
///
/// @param control of its campaign, locked shared as intake and marks do
/// @param open how many of its messages are open
public record LockedBroadcast(Broadcast broadcast, CampaignControl control, long open) {}
