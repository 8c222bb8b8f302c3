package io.campanile.application.campaign;

import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.Campaign.Activated;
import io.campanile.domain.campaign.CampaignCommand;
import io.campanile.domain.campaign.CampaignDecision;
import io.campanile.domain.campaign.CampaignLifecycle;
import io.campanile.domain.campaign.StopCounts;

import java.time.Instant;

/// Writes campaigns together with their revisions and control rows, within the running transaction.
final class CampaignStore {
    private final Campaigns campaigns;
    private final CampaignControls controls;

    CampaignStore(Campaigns campaigns, CampaignControls controls) {
        this.campaigns = campaigns;
        this.controls = controls;
    }

    boolean insert(Campaign.Draft campaign) {
        if (!campaigns.insert(campaign)) {
            return false;
        }
        controls.set(campaign.id(), campaign.control());
        return true;
    }

    /// Replaces a locked campaign.
    void update(Campaign stored, Campaign changed) {
        if (changed instanceof Activated activated
                && (!(stored instanceof Activated before)
                        || before.live().number() != activated.live().number())) {
            campaigns.addRevision(changed.id(), activated.live());
        }
        campaigns.update(changed);
        if (!changed.control().equals(stored.control())) {
            controls.set(changed.id(), changed.control());
        }
    }

    StopCounts countOpen(Campaign campaign) {
        return controls.countOpen(campaign.id());
    }

    /// A stop with what it finds. The control row is changed first, so that what it counts in
    /// hand-over is all there will ever be.
    ///
    /// @param current the locked campaign, as for a decision
    CampaignCommand.Stop stop(Campaign current, Instant now, boolean validateOnly) {
        CampaignDecision probe =
                CampaignLifecycle.decide(current, new CampaignCommand.Stop(StopCounts.NONE), now);
        if (!(probe instanceof CampaignDecision.Changed(var stopped))) {
            return new CampaignCommand.Stop(StopCounts.NONE);
        }
        if (!validateOnly) {
            controls.set(current.id(), stopped.control());
        }
        return new CampaignCommand.Stop(controls.countOpen(current.id()));
    }
}
