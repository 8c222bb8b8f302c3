package io.campanile.domain.ruleset;

import java.util.UUID;

/// Identifies a rule set inside Campanile, for good.
public record RuleSetId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
