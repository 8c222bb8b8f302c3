package io.campanile.application.campaign;

import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.store.Rests;
import io.campanile.application.store.StoreUnavailable;
import io.campanile.domain.campaign.CampaignName;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/// What the clock does to campaigns: starts and completes them when due, and removes what was
/// archived long ago. On any number of nodes. Thread-safe.
public final class AdvanceCampaigns {
    private static final System.Logger LOG = System.getLogger(AdvanceCampaigns.class.getName());
    private static final int MOST_AT_ONCE = 100;

    private final Campaigns campaigns;
    private final CampaignChanges changes;
    private final Duration archiveRetention;
    private final Rests<CampaignName> notAdvanced =
            new Rests<>(Duration.ofSeconds(2), Duration.ofMinutes(5));
    private final Rests<CampaignName> notPurged =
            new Rests<>(Duration.ofMinutes(2), Duration.ofHours(1));

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
        for (CampaignName name : campaigns.due(now, notAdvanced.resting(now), MOST_AT_ONCE)) {
            moved += succeeds(name, changes::advance, notAdvanced, now) ? 1 : 0;
        }
        return moved;
    }

    /// Removes at most a hundred campaigns that were archived long ago and that no message names
    /// any more. Run it only every minute or so, because it asks the partitions of all days that
    /// are kept.
    ///
    /// @return how many
    public int purge() {
        Instant now = changes.changes().now();
        Instant archivedBefore = now.minus(archiveRetention);
        int purged = 0;
        for (CampaignName name :
                campaigns.purgeable(archivedBefore, notPurged.resting(now), MOST_AT_ONCE)) {
            purged += succeeds(name, changes::purge, notPurged, now) ? 1 : 0;
        }
        return purged;
    }

    /// Whatever is wrong with one campaign, the clock goes on for the others.
    private static boolean succeeds(
            CampaignName name,
            Predicate<CampaignName> change,
            Rests<CampaignName> faulty,
            Instant now) {
        try {
            boolean changed = change.test(name);
            faulty.succeeded(name);
            return changed;
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a campaign that is due cannot be changed campaign="
                            + name
                            + " tried_again_after="
                            + faulty.failed(name, now),
                    e);
            return false;
        }
    }
}
