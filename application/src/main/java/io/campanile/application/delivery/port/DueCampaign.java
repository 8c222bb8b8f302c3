package io.campanile.application.delivery.port;

import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.message.Lane;

/// Says that messages of a campaign are due in a lane, at a channel configuration. A campaign that
/// moved to another one may be due at both.
public record DueCampaign(Lane lane, ChannelConfigurationId configuration, CampaignId campaign) {}
