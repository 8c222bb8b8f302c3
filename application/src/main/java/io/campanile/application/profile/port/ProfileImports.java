package io.campanile.application.profile.port;

import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;

/// How far imports came. Joins the running transaction; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface ProfileImports {
    /// How many rows of the import were taken before, 0 of one that is new. Until the end of the
    /// running transaction nobody else can lock the import.
    long lock(WorkspaceId workspace, String importId, Instant now);

    /// Remembers how many rows of a locked import were taken.
    void advance(WorkspaceId workspace, String importId, long rows, Instant now);

    /// Forgets at most `limit` imports that were not moved on since then.
    ///
    /// @return how many were forgotten
    int forget(Instant before, int limit);
}
