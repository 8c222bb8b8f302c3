package io.campanile.persistence.rule;

import java.util.Map;

/// A condition on a row `p` of `profile`. Where a rule is undecided, as CEL would fail, it is null.
///
/// @param text has no value of the rule in it
/// @param values to bind by name with `bindMap`; names begin with `rule`
public record SqlCondition(String text, Map<String, Object> values) {
    public SqlCondition {
        values = Map.copyOf(values);
    }
}
