package io.campanile.persistence.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.access.Actor;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockWaits;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.campaign.CampaignBuilder;
import io.campanile.testkit.campaign.CampaignsContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
    protected RuleSetUses ruleSetUses() {
        return new JdbiRuleSetUses(STORE.database().store());
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }

    @Test
    void locksACampaignAsTheChangeBeforeLeftIt() throws InterruptedException, ExecutionException {
        Campaign.Live first = stored(campaign("a").live());
        var second = new Revision(2, first.newest(), CampaignBuilder.CREATED, Actor.SYSTEM, 0);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Campaign>> waiting =
                    transactions()
                            .inTransaction(() -> {
                                campaigns().lock(first.name());
                                var locked = executor.submit(() -> campaigns().lock(first.name()));
                                LockWaits.await(STORE.database());
                                campaigns().addRevision(first.id(), second);
                                campaigns().update(first.with(first.header(), second, null), 1);
                                return locked;
                            });

            assertThat(waiting.get()).contains(first.with(first.header(), second, null));
        }
    }
}
