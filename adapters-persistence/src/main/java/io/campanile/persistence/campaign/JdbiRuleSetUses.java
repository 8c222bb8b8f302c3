package io.campanile.persistence.campaign;

import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.domain.ruleset.RuleSetLifecycle.Use;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.persistence.Store;

/// Asks the campaigns' definitions on PostgreSQL which rule sets they name.
public final class JdbiRuleSetUses implements RuleSetUses {
    private final NamingCampaigns campaigns;

    public JdbiRuleSetUses(Store store) {
        this.campaigns =
                new NamingCampaigns(
                        store, "%s -> 'ruleSets' @> to_jsonb(CAST(:name AS text))", "true");
    }

    @Override
    public Use use(RuleSetName ruleSet) {
        return campaigns.count(
                ruleSet.workspace(),
                ruleSet.ruleSet(),
                (row, _) -> new Use(row.getInt("named"), row.getInt("running")));
    }
}
