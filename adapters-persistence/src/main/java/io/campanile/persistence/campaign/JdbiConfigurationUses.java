package io.campanile.persistence.campaign;

import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.use.Uses;
import io.campanile.persistence.Store;

/// Asks the campaigns' definitions on PostgreSQL which channel configuration they name.
public final class JdbiConfigurationUses implements ConfigurationUses {
    private final NamingCampaigns campaigns;

    public JdbiConfigurationUses(Store store) {
        this.campaigns =
                new NamingCampaigns(
                        store,
                        "%s ->> 'channelConfiguration' = :name",
                        """
                        q.channel_configuration_id = (
                          SELECT f.channel_configuration_id
                          FROM channel_configuration f
                          WHERE f.workspace_id = :workspace AND f.chosen_id = :name)
                        """);
    }

    @Override
    public Uses uses(ChannelConfigurationName configuration) {
        return campaigns.of(configuration.workspace(), configuration.channelConfiguration());
    }
}
