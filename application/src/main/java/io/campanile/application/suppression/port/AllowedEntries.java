package io.campanile.application.suppression.port;

import io.campanile.application.query.ListFields;
import io.campanile.application.query.Query;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.suppression.AllowedEntry;
import io.campanile.domain.suppression.AllowedEntryId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The allowed list: at most one entry for each target of a workspace. Thread-safe; joins the
/// running transaction, if any; throws [io.campanile.application.store.StoreUnavailable] when the
/// database is away.
public interface AllowedEntries {
    /// What lists can be filtered and ordered by. `target` is an address or a domain in the form it
    /// is compared in.
    ListFields<AllowedEntry> FIELDS =
            ListFields.<AllowedEntry>orderedBy(
                            new SortOrder("create_time", true), entry -> entry.id().toString())
                    .sortableTime("create_time", AllowedEntry::createTime)
                    .time("expire_time")
                    .key("target")
                    .build();

    Optional<AllowedEntry> find(WorkspaceId workspace, AllowedEntryId id);

    Optional<AllowedEntry> find(WorkspaceId workspace, SuppressionTarget target);

    /// Adds entries, in place of those that expired by then; where the workspace has one in force
    /// for the target, that stays as it is.
    ///
    /// @param entries at most one for each target
    /// @return those that were added
    Set<AllowedEntryId> insertAll(List<AllowedEntry> entries, Instant now);

    /// Removes an entry.
    ///
    /// @return whether there was one
    boolean delete(WorkspaceId workspace, AllowedEntryId id);

    /// Forgets at most `limit` entries that expired before then.
    ///
    /// @return how many were forgotten
    int forget(Instant before, int limit);

    /// Fields: see [#FIELDS].
    List<AllowedEntry> list(WorkspaceId workspace, Query query);
}
