package io.campanile.persistence.campaign;

import io.campanile.application.ruleset.port.RuleSetUses;
import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.use.Uses;
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
    public Uses uses(RuleSetName ruleSet) {
        return campaigns.of(ruleSet.workspace(), ruleSet.ruleSet());
    }
}
