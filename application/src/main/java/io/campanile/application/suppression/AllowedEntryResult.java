package io.campanile.application.suppression;

import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;

/// What a changing call on the allowed list came to.
public sealed interface AllowedEntryResult {
    /// On the list, now or by an earlier call with the same request id; with `validate_only`, what
    /// would be.
    record Created(AllowedEntry entry) implements AllowedEntryResult {}

    /// Off the list.
    record Deleted() implements AllowedEntryResult {}

    record NotFound(WorkspaceId workspace, AllowedEntryId id) implements AllowedEntryResult {}

    /// The target is on the list already.
    record Exists(AllowedEntry entry) implements AllowedEntryResult {}

    /// No entry may expire then.
    record ExpireTimeOutOfRange(Instant expireTime) implements AllowedEntryResult {}

    /// The request id belongs to another request.
    record RequestIdReused(String requestId) implements AllowedEntryResult {}
}
