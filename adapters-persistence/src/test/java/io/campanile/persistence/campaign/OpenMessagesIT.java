package io.campanile.persistence.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.campaign.port.Campaigns;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a campaign's open messages mean for it.
class OpenMessagesIT extends StoreScene {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void countsThoseInHandOverApart() {
        var controls = new JdbiCampaignControls(STORE.database().store());
        stored(trigger().recipients(3));
        marked();
        stored(trigger().recipients(2));

        assertThat(controls.countOpen(campaign)).isEqualTo(new StopCounts(2, 3));
        assertThat(controls.countOpen(addCampaign())).isEqualTo(StopCounts.NONE);
    }

    @Test
    void keepAnArchivedCampaignFromBeingPurged() {
        stored(trigger());
        archive();

        assertThat(campaigns().purgeable(now.plusSeconds(3600), 1000)).doesNotContain(campaignName);
    }

    @Test
    void areNotMissedByPurgingWhenThereAreNone() {
        archive();

        assertThat(campaigns().purgeable(now.plusSeconds(3600), 1000)).contains(campaignName);
    }

    private void archive() {
        var live = (Campaign.Live) campaigns().find(campaign).orElseThrow();
        var archived = new Campaign.Archived(live.header(), live.live(), null, null);
        assertThat(campaigns().update(archived, live.version())).isTrue();
    }

    private static Campaigns campaigns() {
        return new JdbiCampaigns(STORE.database().store());
    }
}
