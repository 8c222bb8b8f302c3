package io.campanile.domain.campaign;

import java.time.Instant;

/// What a campaign has in every state.
///
/// @param version raised by every change; the etag
public record CampaignHeader(
        CampaignId id, CampaignName name, Instant createTime, Instant updateTime, long version) {

    /// The header of a campaign nobody has changed yet.
    public static CampaignHeader created(CampaignId id, CampaignName name, Instant now) {
        return new CampaignHeader(id, name, now, now, 1);
    }

    CampaignHeader changed(Instant now) {
        return new CampaignHeader(id, name, createTime, now, version + 1);
    }
}
