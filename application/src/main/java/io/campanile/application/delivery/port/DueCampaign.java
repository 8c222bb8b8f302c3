package io.campanile.application.delivery.port;

import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfigurationId;

/// Says that messages of a campaign are due at a channel configuration. A campaign that moved to
/// another one may be due at both.
public record DueCampaign(ChannelConfigurationId configuration, CampaignId campaign) {}
