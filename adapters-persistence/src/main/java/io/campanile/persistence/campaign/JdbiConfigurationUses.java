package io.campanile.persistence.campaign;

import io.campanile.application.channel.port.ConfigurationUses;
import io.campanile.domain.channel.ChannelConfigurationName;
import io.campanile.domain.channel.ConfigurationLifecycle.Use;
import io.campanile.persistence.Store;

/// Asks the campaigns' definitions on PostgreSQL which channel configuration they name.
public final class JdbiConfigurationUses implements ConfigurationUses {
    private static final String USE =
            """
            SELECT count(*) AS named,
              count(*) FILTER (
                WHERE (u.state IN ('SCHEDULED', 'LIVE', 'PAUSED') OR u.pause_mode IS NOT NULL)
                  AND u.live_revision = ANY (u.naming)) AS running
            FROM (
              SELECT c.state, c.pause_mode, c.live_revision, c.draft ->> 'channelConfiguration' AS draft_names,
                ARRAY(
                  SELECT r.revision
                  FROM campaign_revision r
                  WHERE r.campaign_id = c.campaign_id
                    AND r.definition ->> 'channelConfiguration' = :channelConfiguration) AS naming
              FROM campaign c
              WHERE c.workspace_id = :workspace) AS u
            WHERE u.draft_names = :channelConfiguration OR cardinality(u.naming) > 0
            """;

    private final Store store;

    public JdbiConfigurationUses(Store store) {
        this.store = store;
    }

    @Override
    public Use use(ChannelConfigurationName configuration) {
        return store.inStatement(handle ->
                handle.createQuery(USE)
                        .bind("workspace", configuration.workspace().value())
                        .bind("channelConfiguration", configuration.channelConfiguration())
                        .map((row, _) -> new Use(row.getInt("named"), row.getInt("running")))
                        .one());
    }
}
