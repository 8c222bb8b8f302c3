package io.campanile.application.suppression.port;

import io.campanile.application.query.Query;
import io.campanile.domain.suppression.Suppression;
import io.campanile.domain.suppression.SuppressionId;
import io.campanile.domain.suppression.SuppressionTarget;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.List;
import java.util.Optional;

/// The suppression list: at most one entry for each target of a workspace. Thread-safe; joins the
/// running transaction, if any; throws [io.campanile.application.store.StoreUnavailable] when the
/// database is away.
public interface Suppressions {
    Optional<Suppression> find(WorkspaceId workspace, SuppressionId id);

    Optional<Suppression> find(WorkspaceId workspace, SuppressionTarget target);

    /// Adds an entry.
    ///
    /// @return false, and nothing is written, when the workspace has one for the target
    boolean insert(Suppression suppression);

    /// Removes an entry.
    ///
    /// @return whether there was one
    boolean delete(WorkspaceId workspace, SuppressionId id);

    /// Fields: see `SuppressionLists.FIELDS`.
    List<Suppression> list(WorkspaceId workspace, Query query);
}
