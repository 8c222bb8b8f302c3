package io.campanile.application.audience;

import io.campanile.domain.audience.AudienceDecision;

/// What adding or removing members came to.
public sealed interface MembersResult {
    /// Done; with `validate_only`, what would be.
    record Done(MembersChange change) implements MembersResult {}

    /// There is no such audience.
    record NotFound() implements MembersResult {}

    /// Nobody can be listed there; nothing changed.
    record Refused(AudienceDecision.Refused refusal) implements MembersResult {}
}
