package io.campanile.application.campaign;

import io.campanile.application.campaign.port.Campaigns;
import io.campanile.domain.campaign.CampaignName;

import java.time.Duration;
import java.time.Instant;

/// What the clock does to campaigns: starts and completes them when due, and removes what was
/// archived long ago. On any number of nodes. Thread-safe.
public final class AdvanceCampaigns {
    private static final int MOST_AT_ONCE = 100;

    private final Campaigns campaigns;
    private final CampaignChanges changes;
    private final Duration archiveRetention;

    /// A job over these ports.
    ///
    /// @param archiveRetention how long an archived campaign is kept at least
    public AdvanceCampaigns(
            Campaigns campaigns, CampaignChanges changes, Duration archiveRetention) {
        this.campaigns = campaigns;
        this.changes = changes;
        this.archiveRetention = archiveRetention;
    }

    /// Starts and completes at most a hundred. Run every second or so.
    ///
    /// @return how many
    public int run() {
        Instant now = changes.changes().now();
        int moved = 0;
        for (CampaignName name : campaigns.due(now, MOST_AT_ONCE)) {
            moved += changes.advance(name) ? 1 : 0;
        }
        return moved;
    }

    /// Removes at most a hundred of those that were archived long ago and that no message names any
    /// more. Run every minute or so: it asks every day that is kept.
    ///
    /// @return how many
    public int purge() {
        Instant archivedBefore = changes.changes().now().minus(archiveRetention);
        int purged = 0;
        for (CampaignName name : campaigns.purgeable(archivedBefore, MOST_AT_ONCE)) {
            purged += changes.purge(name) ? 1 : 0;
        }
        return purged;
    }
}
