package io.campanile.domain.campaign;

import io.campanile.domain.channel.Category;

import java.time.Instant;

/// What a campaign has in every state.
///
/// @param category chosen at creation, for good
/// @param version raised by every change; the etag
public record CampaignHeader(
        CampaignId id,
        CampaignName name,
        Category category,
        CampaignProperties properties,
        Instant createTime,
        Instant updateTime,
        long version) {

    /// The header of a campaign nobody has changed yet.
    public static CampaignHeader created(
            CampaignId id,
            CampaignName name,
            Category category,
            CampaignProperties properties,
            Instant now) {
        return new CampaignHeader(id, name, category, properties, now, now, 1);
    }

    CampaignHeader changed(Instant now) {
        return changed(properties, now);
    }

    CampaignHeader changed(CampaignProperties newProperties, Instant now) {
        return new CampaignHeader(id, name, category, newProperties, createTime, now, version + 1);
    }
}
