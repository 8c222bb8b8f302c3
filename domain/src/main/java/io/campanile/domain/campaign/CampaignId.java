package io.campanile.domain.campaign;

import java.util.UUID;

/// Identifies a campaign inside Campanile, for good; people use its [CampaignName].
public record CampaignId(UUID value) implements Comparable<CampaignId> {
    @Override
    public int compareTo(CampaignId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
