package io.campanile.application.audience;

import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceDecision;
import io.campanile.domain.audience.AudienceName;
import io.campanile.domain.audience.RuleProblem;

import java.util.List;

/// What a changing call on an audience came to.
public sealed interface AudienceResult {
    /// Done, now or by an earlier call with the same request id; with `validate_only`, what would
    /// be. One that was deleted is answered as it was.
    record Done(Audience audience) implements AudienceResult {}

    /// Why it was not done. Nothing changed.
    sealed interface NotDone extends AudienceResult {}

    record NotFound(AudienceName name) implements NotDone {}

    /// The id is taken.
    record Exists(AudienceName name) implements NotDone {}

    /// Somebody else was faster.
    record EtagMismatch(Audience current) implements NotDone {}

    /// What was given as the rule is none.
    record RuleInvalid(List<RuleProblem> problems) implements NotDone {
        public RuleInvalid {
            problems = List.copyOf(problems);
        }
    }

    /// The audience does not allow it; nothing changed.
    record Refused(AudienceName name, AudienceDecision.Refused refusal) implements NotDone {}

    /// The request id belongs to another request, which made or changed the resource of that name.
    record RequestIdReused(String requestId, String resource) implements NotDone {}
}
