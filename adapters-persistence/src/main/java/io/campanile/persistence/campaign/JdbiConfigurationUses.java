package io.campanile.persistence.campaign;

import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.ConfigurationLifecycle.Use;
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
    public Use use(ChannelConfigurationName configuration) {
        return campaigns.count(
                configuration.workspace(),
                configuration.channelConfiguration(),
                (row, _) -> new Use(row.getInt("named"), row.getInt("running")));
    }
}
