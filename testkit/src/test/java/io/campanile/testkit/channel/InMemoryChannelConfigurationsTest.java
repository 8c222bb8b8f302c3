package io.campanile.testkit.channel;

import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryTransactions;

class InMemoryChannelConfigurationsTest extends ChannelConfigurationsContract {
    private final InMemoryChannelConfigurations configurations =
            new InMemoryChannelConfigurations();
    private final Transactions transactions = new InMemoryTransactions();

    @Override
    protected ChannelConfigurations configurations() {
        return configurations;
    }

    @Override
    protected Transactions transactions() {
        return transactions;
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {}

    @Override
    protected void makeUnreadable(ChannelConfigurationId id) {
        configurations.beUnreadable(id);
    }
}
