package io.campanile.application.campaign;

import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.campaign.CampaignProperties;

import org.jspecify.annotations.Nullable;

/// What of a campaign can be edited, before and after an edit.
///
/// @param draft absent when there is no draft, or when it is not to be touched
public record CampaignEdit(CampaignProperties properties, @Nullable CampaignDefinition draft) {}
