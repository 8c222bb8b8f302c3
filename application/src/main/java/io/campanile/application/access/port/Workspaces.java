package io.campanile.application.access.port;

import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Map;
import java.util.Optional;

/// Workspaces. Thread-safe; joins the running transaction, if any; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface Workspaces {
    Optional<Workspace> find(WorkspaceId id);

    /// Adds a workspace.
    ///
    /// @return false, and nothing is written, when the id is taken
    boolean insert(Workspace workspace);

    /// The workspace, locked against other changes until the end of the running transaction.
    Optional<Workspace> lock(WorkspaceId id);

    /// Replaces the workspace with the same id.
    void update(Workspace workspace);

    /// Which attributes people of the workspace may have; [AttributeSchema#NONE] when there is no
    /// such workspace.
    default AttributeSchema attributeSchema(WorkspaceId id) {
        return find(id).map(Workspace::attributeSchema).orElse(AttributeSchema.NONE);
    }

    /// The schemas of all workspaces that have one.
    Map<WorkspaceId, AttributeSchema> attributeSchemas();
}
