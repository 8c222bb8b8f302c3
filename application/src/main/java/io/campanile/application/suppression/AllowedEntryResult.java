package io.campanile.application.suppression;

import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.workspace.WorkspaceId;

/// What a changing call on the allowed list came to.
public sealed interface AllowedEntryResult {
    /// On the list or off it, as was asked for, now or by an earlier call with the same request id;
    /// with `validate_only`, what would be.
    record Done(AllowedEntry entry) implements AllowedEntryResult {}

    /// Why it was not done. Nothing changed.
    sealed interface NotDone extends AllowedEntryResult {}

    record NotFound(WorkspaceId workspace, AllowedEntryId id) implements NotDone {}

    /// The target is on the list already.
    record Exists(AllowedEntry entry) implements NotDone {}

    /// No entry may expire then.
    record ExpireTimeOutOfRange() implements NotDone {}

    /// The request id belongs to another request, which made or changed the resource of that name.
    record RequestIdReused(String requestId, String resource) implements NotDone {}
}
