package io.campanile.application.ruleset.port;

import io.campanile.domain.ruleset.RuleSetName;
import io.campanile.domain.use.Uses;

/// Which campaigns name rule sets. Thread-safe; joins the running transaction, if any; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface RuleSetUses {
    /// The campaigns that name the rule set.
    Uses uses(RuleSetName ruleSet);
}
