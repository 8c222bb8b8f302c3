package io.campanile.testkit.access;

import io.campanile.application.access.port.Workspaces;
import io.campanile.domain.schema.AttributeSchema;
import io.campanile.domain.workspace.Workspace;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Workspaces in a map.
public final class InMemoryWorkspaces implements Workspaces {
    private final Map<WorkspaceId, Workspace> byId = new ConcurrentHashMap<>();

    @Override
    public Optional<Workspace> find(WorkspaceId id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<Workspace> lock(WorkspaceId id) {
        return find(id);
    }

    @Override
    public void update(Workspace workspace) {
        byId.put(workspace.id(), workspace);
    }

    @Override
    public Map<WorkspaceId, AttributeSchema> attributeSchemas() {
        return byId.values().stream()
                .filter(workspace -> !workspace.attributeSchema().equals(AttributeSchema.NONE))
                .collect(Collectors.toMap(Workspace::id, Workspace::attributeSchema));
    }

    @Override
    public boolean insert(Workspace workspace) {
        return byId.putIfAbsent(workspace.id(), workspace) == null;
    }
}
