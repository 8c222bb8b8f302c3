package io.campanile.persistence.rule;

import io.campanile.application.audience.port.AudienceRules;
import io.campanile.domain.workspace.WorkspaceId;

/// Rules of audiences by the CEL library, and what PostgreSQL makes of them.
public final class CelAudienceRules implements AudienceRules {
    @Override
    public Check check(String rule) {
        return switch (RuleLanguage.parse(rule)) {
            case RuleLanguage.Parsed.Invalid(var problems) -> new Check.Invalid(problems);
            case RuleLanguage.Parsed.Checked(var tree) -> {
                var reader = new RuleReader(tree);
                var _ = reader.read();
                yield reader.problems().isEmpty()
                        ? new Check.Valid(reader.references(), reader.attributes())
                        : new Check.Invalid(reader.problems());
            }
        };
    }

    /// The condition on profiles of the workspace.
    ///
    /// @param rule was found valid
    public static SqlCondition compile(WorkspaceId workspace, String rule) {
        if (RuleLanguage.parse(rule) instanceof RuleLanguage.Parsed.Checked(var tree)) {
            var reader = new RuleReader(tree);
            Condition condition = reader.read();
            if (reader.problems().isEmpty()) {
                return new SqlConditionWriter(workspace).write(condition);
            }
        }
        throw new IllegalStateException("what was a rule is none, in workspace " + workspace);
    }
}
