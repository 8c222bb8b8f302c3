package io.campanile.application.suppression.port;

import io.campanile.application.query.ListFields;
import io.campanile.application.query.Query;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionReason;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The suppression list: at most one entry for each target of a workspace. Thread-safe; joins the
/// running transaction, if any; throws [io.campanile.application.store.StoreUnavailable] when the
/// database is away.
public interface Suppressions {
    /// What lists can be filtered and ordered by. `target` is an address or a domain in the form it
    /// is compared in.
    ListFields<Suppression> FIELDS =
            ListFields.<Suppression>orderedBy(
                            new SortOrder("create_time", true), entry -> entry.id().toString())
                    .sortableTime("create_time", Suppression::createTime)
                    .time("expire_time")
                    .key("target")
                    .choice("reason", SuppressionReason.class)
                    .build();

    Optional<Suppression> find(WorkspaceId workspace, SuppressionId id);

    Optional<Suppression> find(WorkspaceId workspace, SuppressionTarget target);

    /// The entries for those of the targets that have one.
    Map<SuppressionTarget, Suppression> find(
            WorkspaceId workspace, Collection<SuppressionTarget> targets);

    /// Adds entries, in place of those that expired by then or are named; where the workspace has
    /// another one in force for the target, that stays as it is: nobody else changes it until the
    /// end of the running transaction.
    ///
    /// @param suppressions at most one for each target
    /// @param replaced those in force that give way
    /// @return those that were added
    Set<SuppressionId> insertAll(
            List<Suppression> suppressions, Set<SuppressionId> replaced, Instant now);

    /// Removes an entry.
    ///
    /// @return whether there was one
    boolean delete(WorkspaceId workspace, SuppressionId id);

    /// Forgets at most `limit` entries that expired before then.
    ///
    /// @return how many were forgotten
    int forget(Instant before, int limit);

    /// Fields: see [#FIELDS].
    List<Suppression> list(WorkspaceId workspace, Query query);
}
