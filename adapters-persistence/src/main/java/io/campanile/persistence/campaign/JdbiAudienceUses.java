package io.campanile.persistence.campaign;

import io.campanile.application.audience.port.AudienceUses;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.use.Uses;
import io.campanile.persistence.Store;

/// Asks the campaigns' definitions and the broadcasts on PostgreSQL which audience they need.
public final class JdbiAudienceUses implements AudienceUses {
    // Of a broadcast that has begun, the members are known; earlier revisions are of no use any
    // more.
    private static final String FIND =
            """
            SELECT u.chosen_id,
              CASE WHEN u.live_names THEN 'LIVE' WHEN u.waits THEN 'OPEN' ELSE 'DRAFT' END AS tie
            FROM (
              SELECT c.chosen_id,
                c.state IN ('SCHEDULED', 'LIVE', 'PAUSED') AND EXISTS (
                  SELECT
                  FROM campaign_revision r
                  WHERE r.campaign_id = c.campaign_id AND r.revision = c.live_revision
                    AND r.definition ->> 'audience' = :name) AS live_names,
                c.state IN ('DRAFT', 'SCHEDULED', 'LIVE', 'PAUSED') AND c.draft ->> 'audience' = :name AS draft_names,
                EXISTS (
                  SELECT
                  FROM broadcast b
                  WHERE b.campaign_id = c.campaign_id AND b.audience_id = :audience
                    AND b.state = 'WAITING') AS waits
              FROM campaign c
              WHERE c.workspace_id = :workspace) AS u
            WHERE u.live_names OR u.draft_names OR u.waits
            """;

    private final Store store;

    public JdbiAudienceUses(Store store) {
        this.store = store;
    }

    @Override
    public Uses uses(Audience audience) {
        return store.inStatement(handle ->
                NamingCampaigns.uses(
                        handle.createQuery(FIND)
                                .bind("workspace", audience.name().workspace().value())
                                .bind("name", audience.name().audience())
                                .bind("audience", audience.id().value())));
    }
}
