package io.campanile.application.audience.port;

import io.campanile.domain.audience.AttributeUse;
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
        /// @param attributes what it asks of attributes, in that order, at the last step of each
        ///   path; of one attribute and several literals, once for each type of them
        record Valid(List<MemberReference> references, List<AttributeUse> attributes)
                implements Check {
            public Valid {
                references = List.copyOf(references);
                attributes = List.copyOf(attributes);
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
