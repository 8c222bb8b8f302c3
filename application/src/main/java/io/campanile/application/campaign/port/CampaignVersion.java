package io.campanile.application.campaign.port;

import io.campanile.domain.campaign.CampaignId;

/// A campaign and how often it was changed.
public record CampaignVersion(CampaignId id, long version) {}
