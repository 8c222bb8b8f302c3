package io.campanile.application.access;

import io.campanile.domain.access.Actor;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.access.Permission;
import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.WorkspaceId;

import java.util.Set;

/// Who is calling, and what for.
public record Caller(ApiKeyId key, WorkspaceId workspace, Set<Role> roles) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean may(Permission permission) {
        return roles.stream().anyMatch(role -> role.permits(permission));
    }

    public Actor actor() {
        return Actor.key(workspace, key);
    }
}
