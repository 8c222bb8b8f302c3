package io.campanile.testkit.campaign;

import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.audience.port.AudienceUses;
import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.Campaign.Activated;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.OwnWorkspaces;

import org.junit.jupiter.api.BeforeEach;

import java.util.Optional;

/// What the contract of campaigns needs: the ports, a workspace of each test's own, and ways to set
/// the scene.
public abstract class CampaignsScene {
    /// The workspace of this test.
    protected final WorkspaceId workspace = OwnWorkspaces.next();

    protected abstract Campaigns campaigns();

    protected abstract CampaignControls controls();

    protected abstract ConfigurationUses uses();

    protected abstract RuleSetUses ruleSetUses();

    protected abstract AudienceUses audienceUses();

    protected abstract Transactions transactions();

    /// Makes the workspace exist.
    protected abstract void givenWorkspace(WorkspaceId workspace);

    /// The control row as it was written; nothing when there is none.
    protected abstract Optional<CampaignControl> control(CampaignId campaign);

    /// Keeps a settled message of the campaign.
    protected abstract void keepMessage(CampaignId campaign);

    /// Keeps an open message that was triggered under the campaign's revision.
    protected abstract void keepOpenMessage(CampaignId campaign, int revision);

    /// Keeps a broadcast that was triggered under the campaign's revision, and has no message yet.
    protected abstract void keepBroadcast(CampaignId campaign, int revision);

    /// Keeps a broadcast of the campaign's first revision to the audience that has not begun.
    protected abstract void keepWaiting(CampaignId campaign, AudienceId audience);

    /// Keeps an execution of the campaign whose messages are gone, as those of days that are older
    /// can be.
    protected abstract void keepExecution(CampaignId campaign);

    /// Drops all days that are kept.
    protected abstract void dropMessages();

    @BeforeEach
    void createTheWorkspace() {
        givenWorkspace(workspace);
    }

    /// A campaign of this test's workspace.
    protected final CampaignBuilder campaign(String name) {
        return aCampaign().in(workspace).named(name);
    }

    /// Stores a campaign in whatever state, with its revision and control row.
    protected final <C extends Campaign> C stored(C campaign) {
        assertThat(campaigns().insert(new Campaign.Draft(campaign.header(), campaign.newest())))
                .isTrue();
        setControl(campaign, campaign.control());
        if (campaign instanceof Activated activated) {
            campaigns().addRevision(campaign.id(), activated.live());
            campaigns().update(campaign);
        }
        return campaign;
    }

    /// Writes its control row.
    protected final void setControl(Campaign campaign, CampaignControl control) {
        transactions()
                .inTransaction(() -> {
                    controls().set(campaign.id(), control);
                    return control;
                });
    }
}
