package io.campanile.application.audience.port;

import io.campanile.domain.audience.MemberReference;
import io.campanile.domain.audience.RuleProblem;

import java.util.List;

/// The language of audiences' rules: the part of CEL in `docs/audiences.md`. Thread-safe; knows no
/// people.
public interface AudienceRules {
    /// What a rule comes to. Whatever is valid here, [Audiences] can find the members of.
    Check check(String rule);

    /// What a check came to.
    sealed interface Check {
        /// A rule.
        ///
        /// @param references the audiences whose listed members it asks for, in the order they are
        ///   written in
        record Valid(List<MemberReference> references) implements Check {
            public Valid {
                references = List.copyOf(references);
            }
        }

        /// No rule.
        ///
        /// @param problems at least one
        record Invalid(List<RuleProblem> problems) implements Check {
            public Invalid {
                problems = List.copyOf(problems);
            }
        }
    }
}
