package io.campanile.application.ruleset.port;

import io.campanile.domain.ruleset.RuleSetLifecycle.Use;
import io.campanile.domain.ruleset.RuleSetName;

/// Which campaigns name rule sets. Thread-safe; joins the running transaction, if any; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface RuleSetUses {
    /// How many campaigns name the rule set.
    Use use(RuleSetName ruleSet);
}
