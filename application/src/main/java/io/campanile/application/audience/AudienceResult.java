package io.campanile.application.audience;

import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceName;

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

    /// The request id belongs to another request.
    record RequestIdReused(String requestId) implements AudienceResult {}
}
