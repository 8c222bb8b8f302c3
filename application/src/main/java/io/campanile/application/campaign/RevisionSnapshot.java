package io.campanile.application.campaign;

import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.content.Contract;

/// A revision as delivery needs it; never changes.
public record RevisionSnapshot(
        CampaignId campaign,
        CampaignName name,
        Category category,
        int number,
        CampaignDefinition definition,
        Contract contract,
        ChannelConfigurationId channelConfiguration) {}
