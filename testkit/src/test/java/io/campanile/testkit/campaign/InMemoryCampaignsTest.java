package io.campanile.testkit.campaign;

import io.campanile.application.audience.port.AudienceUses;
import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.audience.AudienceId;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryTransactions;

import java.util.Optional;

class InMemoryCampaignsTest extends CampaignsContract {
    private final InMemoryCampaigns campaigns = new InMemoryCampaigns();
    private final Transactions transactions = new InMemoryTransactions();

    @Override
    protected Campaigns campaigns() {
        return campaigns;
    }

    @Override
    protected RuleSetUses ruleSetUses() {
        return campaigns;
    }

    @Override
    protected CampaignControls controls() {
        return campaigns;
    }

    @Override
    protected ConfigurationUses uses() {
        return campaigns;
    }

    @Override
    protected AudienceUses audienceUses() {
        return campaigns;
    }

    @Override
    protected Transactions transactions() {
        return transactions;
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {}

    @Override
    protected Optional<CampaignControl> control(CampaignId campaign) {
        return campaigns.control(campaign);
    }

    @Override
    protected void keepMessage(CampaignId campaign) {
        campaigns.keepMessage(campaign);
    }

    @Override
    protected void keepOpenMessage(CampaignId campaign, int revision) {
        campaigns.send(campaign, revision);
    }

    @Override
    protected void keepBroadcast(CampaignId campaign, int revision) {
        campaigns.send(campaign, revision);
    }

    @Override
    protected void keepWaiting(CampaignId campaign, AudienceId audience) {
        campaigns.await(campaign, audience);
    }

    @Override
    protected void keepExecution(CampaignId campaign) {
        campaigns.keepMessage(campaign);
    }

    @Override
    protected void dropMessages() {
        campaigns.dropMessages();
    }
}
