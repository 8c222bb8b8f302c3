package io.campanile.application.suppression;

import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.workspace.WorkspaceId;

/// What a changing call on the suppression list came to.
public sealed interface SuppressionResult {
    /// On the list or off it, as was asked for, now or by an earlier call with the same request id;
    /// with `validate_only`, what would be.
    record Done(Suppression suppression) implements SuppressionResult {}

    /// Why it was not done. Nothing changed.
    sealed interface NotDone extends SuppressionResult {}

    record NotFound(WorkspaceId workspace, SuppressionId id) implements NotDone {}

    /// The target is on the list already, as strong.
    record Exists(Suppression suppression) implements NotDone {}

    /// No entry may expire then.
    record ExpireTimeOutOfRange() implements NotDone {}

    /// The request id belongs to another request, which made or changed the resource of that name.
    record RequestIdReused(String requestId, String resource) implements NotDone {}
}
