package io.campanile.application.suppression;

import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;

/// What a changing call on the suppression list came to.
public sealed interface SuppressionResult {
    /// On the list, now or by an earlier call with the same request id; with `validate_only`, what
    /// would be.
    record Created(Suppression suppression) implements SuppressionResult {}

    /// Off the list.
    record Deleted() implements SuppressionResult {}

    record NotFound(WorkspaceId workspace, SuppressionId id) implements SuppressionResult {}

    /// The target is on the list already, as strong.
    record Exists(Suppression suppression) implements SuppressionResult {}

    /// No entry may expire then.
    record ExpireTimeOutOfRange(Instant expireTime) implements SuppressionResult {}

    /// The request id belongs to another request.
    record RequestIdReused(String requestId) implements SuppressionResult {}
}
