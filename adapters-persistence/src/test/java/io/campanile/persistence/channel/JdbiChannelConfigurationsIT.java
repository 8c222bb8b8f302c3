package io.campanile.persistence.channel;

import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.persistence.store.JdbiTransactions;
import io.campanile.testkit.channel.ChannelConfigurationsContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiChannelConfigurationsIT extends ChannelConfigurationsContract {
    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected ChannelConfigurations configurations() {
        return new JdbiChannelConfigurations(STORE.database().store());
    }

    @Override
    protected Transactions transactions() {
        return new JdbiTransactions(STORE.database().store());
    }

    @Override
    protected void givenWorkspace(WorkspaceId workspace) {
        STORE.givenWorkspace(workspace);
    }

    private static final String SPOIL =
            """
            UPDATE channel_configuration
            SET definition = jsonb_set(definition, '{sender,from}', '"nobody"')
            WHERE channel_configuration_id = :id
            """;

    @Override
    protected void makeUnreadable(ChannelConfigurationId id) {
        STORE.database()
                .store()
                .inStatement(handle -> handle.createUpdate(SPOIL).bind("id", id.value()).execute());
    }
}
