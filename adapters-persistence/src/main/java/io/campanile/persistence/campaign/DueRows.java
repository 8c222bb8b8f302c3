package io.campanile.persistence.campaign;

import io.campanile.domain.campaign.CampaignName;
import io.campanile.persistence.SqlArrays;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Campaigns that the clock does something to.
final class DueRows {
    private static final String NOT_LEFT_OUT =
            """
              AND NOT EXISTS (
                SELECT
                FROM unnest(:workspaces, :campaigns) AS b (workspace_id, chosen_id)
                WHERE b.workspace_id = c.workspace_id AND b.chosen_id = c.chosen_id)
            """;

    private static final String DUE =
            """
            SELECT c.workspace_id, c.chosen_id
            FROM campaign c
            WHERE c.state IN ('SCHEDULED', 'LIVE', 'PAUSED')
              AND (c.end_time <= :time OR c.state = 'SCHEDULED' AND c.start_time <= :time)
            """
                    + NOT_LEFT_OUT
                    + """
                    ORDER BY c.workspace_id, c.chosen_id
                    LIMIT :limit
                    """;

    private static final int PROBED_AT_ONCE = 1_000;

    // One look-up in each day's partition, until the first that has something. A LIMIT keeps them
    // from being made one join over all messages that are kept.
    //
    // The longest archived first: none of their messages is younger than that, so that nobody
    // waits behind them for longer than messages are kept.
    private static final String PURGEABLE =
            """
            SELECT c.workspace_id, c.chosen_id
            FROM (
              SELECT c.*
              FROM campaign c
              WHERE c.state = 'ARCHIVED' AND c.update_time < :time
            """
                    + NOT_LEFT_OUT
                    + """
                      ORDER BY c.update_time
                      LIMIT :probed
                    ) AS c
                    WHERE (SELECT m.message_id FROM message m WHERE m.campaign_id = c.campaign_id LIMIT 1) IS NULL
                      AND (SELECT e.execution_id FROM execution e WHERE e.campaign_id = c.campaign_id LIMIT 1) IS NULL
                    LIMIT :limit
                    """;

    // The campaigns of a partition say nothing about those that have left it: a statistic of one
    // campaign makes reading the whole partition look cheap.
    private static final String BY_INDEX = "SET LOCAL enable_seqscan = off";

    private DueRows() {}

    static List<CampaignName> due(Handle handle, Instant now, Set<CampaignName> but, int limit) {
        return names(handle.createQuery(DUE), now, but, limit);
    }

    /// In a transaction.
    static List<CampaignName> purgeable(
            Handle handle, Instant archivedBefore, Set<CampaignName> but, int limit) {
        handle.execute(BY_INDEX);
        Query query = handle.createQuery(PURGEABLE).bind("probed", PROBED_AT_ONCE);
        return names(query, archivedBefore, but, limit);
    }

    private static List<CampaignName> names(
            Query query, Instant time, Set<CampaignName> but, int limit) {
        List<CampaignName> leftOut = List.copyOf(but);
        return query.bind("time", time)
                .bind("workspaces", SqlArrays.texts(leftOut, name -> name.workspace().value()))
                .bind("campaigns", SqlArrays.texts(leftOut, CampaignName::campaign))
                .bind("limit", limit)
                .map((row, _) -> CampaignRows.name(row))
                .list();
    }
}
