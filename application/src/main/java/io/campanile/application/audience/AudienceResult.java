package io.campanile.application.audience;

import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDecision;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.audience.RuleProblem;

import java.util.List;

/// What a changing call on an audience came to.
public sealed interface AudienceResult {
    /// Done, now or by an earlier call with the same request id; with `validate_only`, what would
    /// be.
    record Done(Audience audience) implements AudienceResult {}

    /// The audience is gone.
    record Deleted() implements AudienceResult {}

    record NotFound(AudienceName name) implements AudienceResult {}

    /// The id is taken.
    record Exists(AudienceName name) implements AudienceResult {}

    /// Somebody else was faster.
    record EtagMismatch(Audience current) implements AudienceResult {}

    /// What was given as the rule is none.
    record RuleInvalid(List<RuleProblem> problems) implements AudienceResult {
        public RuleInvalid {
            problems = List.copyOf(problems);
        }
    }

    /// The audience does not allow it; nothing changed.
    record Refused(AudienceName name, AudienceDecision.Refused refusal) implements AudienceResult {}

    /// The request id belongs to another request.
    record RequestIdReused(String requestId) implements AudienceResult {}
}
