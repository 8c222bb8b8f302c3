package io.campanile.domain.campaign;

import java.util.List;

/// What people know a campaign by. Not part of a revision: it can change while the campaign lives.
///
/// @param displayName never blank
public record CampaignProperties(String displayName, String description, List<String> tags) {
    public CampaignProperties {
        if (displayName.isBlank()) {
            throw new IllegalArgumentException("a campaign without a name");
        }
        tags = List.copyOf(tags);
    }
}
