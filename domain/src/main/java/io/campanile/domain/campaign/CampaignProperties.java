package io.campanile.domain.campaign;

import java.util.List;

/// What people know a campaign by. Not part of a revision: it can change while the campaign lives.
///
/// @param displayName required at activation
public record CampaignProperties(String displayName, String description, List<String> tags) {
    public CampaignProperties {
        tags = List.copyOf(tags);
    }
}
