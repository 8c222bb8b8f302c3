package io.campanile.persistence.campaign;

import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.domain.ruleset.RuleSetLifecycle.Use;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.persistence.Store;

/// Asks the campaigns' definitions on PostgreSQL which rule sets they name.
public final class JdbiRuleSetUses implements RuleSetUses {
    private static final String USE =
            """
            SELECT count(*) AS named,
              count(*) FILTER (
                WHERE (u.state IN ('SCHEDULED', 'LIVE', 'PAUSED') OR u.pause_mode IS NOT NULL)
                  AND u.live_revision = ANY (u.naming)) AS running
            FROM (
              SELECT c.state, c.pause_mode, c.live_revision,
                coalesce(c.draft -> 'ruleSets' @> to_jsonb(CAST(:ruleSet AS text)), false) AS draft_names,
                ARRAY(
                  SELECT r.revision
                  FROM campaign_revision r
                  WHERE r.campaign_id = c.campaign_id
                    AND r.definition -> 'ruleSets' @> to_jsonb(CAST(:ruleSet AS text))) AS naming
              FROM campaign c
              WHERE c.workspace_id = :workspace) AS u
            WHERE u.draft_names OR cardinality(u.naming) > 0
            """;

    private final Store store;

    public JdbiRuleSetUses(Store store) {
        this.store = store;
    }

    @Override
    public Use use(RuleSetName ruleSet) {
        return store.inStatement(handle ->
                handle.createQuery(USE)
                        .bind("workspace", ruleSet.workspace().value())
                        .bind("ruleSet", ruleSet.ruleSet())
                        .map((row, _) -> new Use(row.getInt("named"), row.getInt("running")))
                        .one());
    }
}
