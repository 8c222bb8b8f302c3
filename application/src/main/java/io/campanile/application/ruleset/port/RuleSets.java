package io.campanile.application.ruleset.port;

import io.campanile.application.query.ListFields;
import io.campanile.application.query.Query;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;
import java.util.Optional;

/// Rule sets. Thread-safe; joins the running transaction, if any; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface RuleSets {
    /// What lists can be filtered and ordered by.
    ListFields<RuleSet> FIELDS =
            ListFields.<RuleSet>orderedBy(
                            new SortOrder("name", false), ruleSet -> ruleSet.name().ruleSet())
                    .sortable("name", ruleSet -> ruleSet.name().ruleSet())
                    .sortableTime("create_time", RuleSet::createTime)
                    .sortableTime("update_time", RuleSet::updateTime)
                    .sortableText("display_name", ruleSet -> ruleSet.definition().displayName())
                    .choice("state", RuleSet.State.class)
                    .choice("scope", RuleSet.Scope.class)
                    .build();

    Optional<RuleSet> find(RuleSetName name);

    /// The rule set, locked against other changes until the end of the running transaction.
    Optional<RuleSet> lock(RuleSetName name);

    /// The rule set, as it stays until the end of the running transaction: whoever locks it waits
    /// for that, and others may share it.
    Optional<RuleSet> share(RuleSetName name);

    /// Adds a rule set.
    ///
    /// @return false, and nothing is written, when the name is taken
    boolean insert(RuleSet ruleSet);

    /// Replaces the rule set with the same id, which was locked.
    void update(RuleSet ruleSet);

    void delete(RuleSetId id);

    /// Fields: see [#FIELDS].
    List<RuleSet> list(WorkspaceId workspace, Query query);
}
