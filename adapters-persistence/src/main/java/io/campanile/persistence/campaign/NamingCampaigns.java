package io.campanile.persistence.campaign;

import io.campanile.domain.use.CampaignUse;
import io.campanile.domain.use.Uses;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.Store;

import org.jdbi.v3.core.statement.Query;

/// Finds campaigns whose definitions name something, on PostgreSQL.
final class NamingCampaigns {
    private final Store store;
    private final String find;

    /// Finds by this condition.
    ///
    /// @param names whether the definition `%s` names `:name`
    /// @param mayNeed whether a message in the queue `q` may need what is named; the more it leaves
    ///   out, the fewer are looked up
    NamingCampaigns(Store store, String names, String mayNeed) {
        this.store = store;
        this.find = find(mayNeed, names.formatted("c.draft"), names.formatted("r.definition"));
    }

    // Messages obey the revision that they were triggered under, whatever became of their campaign
    // since: it may be over, or have another revision. So they are looked up, until the first that
    // counts; and so are broadcasts of which not every message is written. All lanes, so that the
    // index of the queue serves.
    private static String find(String mayNeed, String draftNames, String revisionNames) {
        return """
        SELECT u.chosen_id,
          CASE
            WHEN (u.state IN ('SCHEDULED', 'LIVE', 'PAUSED') OR u.pause_mode IS NOT NULL)
              AND u.live_revision = ANY (u.naming) THEN 'LIVE'
            WHEN cardinality(u.naming) > 0 AND (
              EXISTS (
                SELECT
                FROM broadcast b
                WHERE b.campaign_id = u.campaign_id AND b.state IN ('WAITING', 'WRITING')
                  AND b.revision = ANY (u.naming))
              OR EXISTS (
                SELECT
                FROM message_queue q
                CROSS JOIN LATERAL (
                  SELECT m.revision
                  FROM message m
                  WHERE m.message_id = q.message_id
                  OFFSET 0
                ) AS m
                WHERE q.campaign_id = u.campaign_id AND %s
                  AND q.lane IN ('TRANSACTIONAL', 'HIGH_THROUGHPUT', 'MARKETING')
                  AND m.revision = ANY (u.naming))) THEN 'OPEN'
            WHEN u.draft_names THEN 'DRAFT'
            ELSE 'FORMER'
          END AS tie
        FROM (
          SELECT c.campaign_id, c.chosen_id, c.state, c.pause_mode, c.live_revision, %s AS draft_names,
            ARRAY(
              SELECT r.revision
              FROM campaign_revision r
              WHERE r.campaign_id = c.campaign_id AND %s) AS naming
          FROM campaign c
          WHERE c.workspace_id = :workspace) AS u
        WHERE u.draft_names OR cardinality(u.naming) > 0
        """
                .formatted(mayNeed, draftNames, revisionNames);
    }

    Uses of(WorkspaceId workspace, String name) {
        return store.inStatement(handle ->
                uses(
                        handle.createQuery(find)
                                .bind("workspace", workspace.value())
                                .bind("name", name)));
    }

    /// Of rows with `chosen_id` and `tie`.
    static Uses uses(Query query) {
        return new Uses(
                query.map((row, _) ->
                                new CampaignUse(
                                        row.getString("chosen_id"),
                                        CampaignUse.Tie.valueOf(row.getString("tie"))))
                        .list());
    }
}
