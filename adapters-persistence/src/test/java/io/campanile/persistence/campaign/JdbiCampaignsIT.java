package io.campanile.persistence.campaign;

import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.campaign.CampaignsContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiCampaignsIT extends CampaignsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected Campaigns campaigns() {
        return new JdbiCampaigns(STORE.database().store());
    }

    @Override
    protected CampaignControls controls() {
        return new JdbiCampaignControls(STORE.database().store());
    }

    @Override
    protected ConfigurationUses uses() {
        return new JdbiConfigurationUses(STORE.database().store());
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }
}
