package io.campanile.persistence.ruleset;

import io.campanile.application.query.Query;
import io.campanile.application.ruleset.port.RuleSets;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.LockedRow;
import io.campanile.persistence.SqlList;
import io.campanile.persistence.Store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rule sets on PostgreSQL.
public final class JdbiRuleSets implements RuleSets {
    private static final SqlList LISTS =
            new SqlList(
                    RuleSets.FIELDS,
                    Map.of(
                            "name", "r.chosen_id",
                            "create_time", "r.create_time",
                            "update_time", "r.update_time",
                            "display_name", "r.display_name",
                            "state", "r.state",
                            "scope", "r.scope"),
                    "r.chosen_id");

    private static final String IN_WORKSPACE =
            "SELECT " + RuleSetRows.COLUMNS + " FROM rule_set r WHERE r.workspace_id = :workspace";

    private static final String BY_NAME = IN_WORKSPACE + " AND r.chosen_id = :chosenId";

    private final Store store;

    public JdbiRuleSets(Store store) {
        this.store = store;
    }

    @Override
    public Optional<RuleSet> find(RuleSetName name) {
        return find(BY_NAME, name);
    }

    @Override
    public Optional<RuleSet> lock(RuleSetName name) {
        return find(BY_NAME + " FOR UPDATE", name);
    }

    @Override
    public Optional<RuleSet> share(RuleSetName name) {
        return find(BY_NAME + " FOR SHARE", name);
    }

    private Optional<RuleSet> find(String query, RuleSetName name) {
        return store.inStatement(handle ->
                handle.createQuery(query)
                        .bind("workspace", name.workspace().value())
                        .bind("chosenId", name.ruleSet())
                        .map((row, _) -> RuleSetRows.ruleSet(row))
                        .findOne());
    }

    private static final String INSERT =
            """
            INSERT INTO rule_set (rule_set_id, workspace_id, chosen_id, display_name, scope, state, definition, version,
              create_time, update_time, capped_channels, largest_cap)
            VALUES (:id, :workspace, :chosenId, :displayName, :scope, :state, :definition::jsonb, :version,
              :createTime, :updateTime, :cappedChannels, :largestCap)
            ON CONFLICT DO NOTHING
            """;

    @Override
    public boolean insert(RuleSet ruleSet) {
        return store.inStatement(
                handle -> RuleSetRows.bind(handle.createUpdate(INSERT), ruleSet).execute() == 1);
    }

    private static final String UPDATE =
            """
            UPDATE rule_set
            SET display_name = :displayName, scope = :scope, state = :state, definition = :definition::jsonb,
              version = :version, update_time = :updateTime, capped_channels = :cappedChannels,
              largest_cap = :largestCap
            WHERE rule_set_id = :id
            """;

    @Override
    public void update(RuleSet ruleSet) {
        LockedRow.requireMet(
                store.inStatement(
                        handle -> RuleSetRows.bind(handle.createUpdate(UPDATE), ruleSet).execute()),
                ruleSet.name());
    }

    @Override
    public void delete(RuleSetId id) {
        store.inStatement(handle ->
                handle.createUpdate("DELETE FROM rule_set WHERE rule_set_id = :id")
                        .bind("id", id.value())
                        .execute());
    }

    @Override
    public List<RuleSet> list(WorkspaceId workspace, Query query) {
        return LISTS.page(
                store, IN_WORKSPACE, workspace, query, (row, _) -> RuleSetRows.ruleSet(row));
    }
}
