package io.campanile.testkit.ruleset;

import io.campanile.application.query.Query;
import io.campanile.application.ruleset.port.RuleSets;
import io.campanile.domain.ruleset.RuleSet;
import io.campanile.domain.ruleset.RuleSetId;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.InMemoryList;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Rule sets in a map; locks nothing.
public final class InMemoryRuleSets implements RuleSets {
    private static final InMemoryList<RuleSet> LIST =
            new InMemoryList<>(
                    (ruleSet, field) ->
                            switch (field) {
                                case "create_time" -> ruleSet.createTime();
                                case "update_time" -> ruleSet.updateTime();
                                case "display_name" -> ruleSet.definition().displayName();
                                case "state" -> ruleSet.state().name();
                                case "scope" -> ruleSet.definition().scope().name();
                                default -> throw new IllegalArgumentException(field);
                            },
                    RuleSets.FIELDS);

    private final Map<RuleSetId, RuleSet> byId = new ConcurrentHashMap<>();

    @Override
    public Optional<RuleSet> find(RuleSetName name) {
        return byId.values().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /// Those in force for a campaign.
    ///
    /// @param named the ids of the rule sets it names
    public List<RuleSet> inForce(WorkspaceId workspace, Collection<String> named) {
        return byId.values().stream()
                .filter(each -> each.name().workspace().equals(workspace))
                .filter(each -> each.isInForce(named))
                .toList();
    }

    @Override
    public Optional<RuleSet> lock(RuleSetName name) {
        return find(name);
    }

    @Override
    public Optional<RuleSet> share(RuleSetName name) {
        return find(name);
    }

    @Override
    public synchronized boolean insert(RuleSet ruleSet) {
        return find(ruleSet.name()).isEmpty() && byId.putIfAbsent(ruleSet.id(), ruleSet) == null;
    }

    @Override
    public synchronized void update(RuleSet ruleSet) {
        if (byId.replace(ruleSet.id(), ruleSet) == null) {
            throw new IllegalStateException("there is no " + ruleSet.name());
        }
    }

    @Override
    public void delete(RuleSetId id) {
        byId.remove(id);
    }

    @Override
    public List<RuleSet> list(WorkspaceId workspace, Query query) {
        return LIST.page(
                byId.values().stream()
                        .filter(each -> each.name().workspace().equals(workspace))
                        .toList(),
                query);
    }
}
